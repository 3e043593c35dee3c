using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Towns;

/// <summary>What the other services ask through their sidecars. Outside <c>/api</c>, so the gateway never routes to it.</summary>
internal static class TownFeedEndpoints
{
    private const int LongestWaitSeconds = 20;

    public static void MapTownFeed(this IEndpointRouteBuilder routes)
    {
        var inside = routes.MapGroup("/internal").ExcludeFromDescription();
        inside.MapGet("/towns", GetTowns);
        inside.MapGet("/files/{sha256}", GetFile);
    }

    private static async Task<Ok<TownChanges>> GetTowns(TownFeed feed, CancellationToken cancellationToken, long after = 0, int waitSeconds = 0)
        => TypedResults.Ok(await feed.ChangesAsync(after, TimeSpan.FromSeconds(Math.Clamp(waitSeconds, 0, LongestWaitSeconds)), cancellationToken));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetFile(string sha256, RegistryDbContext database, CancellationToken cancellationToken)
        => await database.Files.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == sha256, cancellationToken) is { } file
            ? TypedResults.Bytes(file.Content)
            : Problem.NotFound("unknown-file", "There is no such file.");
}
