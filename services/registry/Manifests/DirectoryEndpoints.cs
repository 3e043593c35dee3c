using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Manifests;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Manifests;

/// <summary>What everybody may know: which municipalities there are, and the form of a manifest.</summary>
internal static class DirectoryEndpoints
{
    public static void MapDirectory(this IEndpointRouteBuilder registry)
    {
        registry.MapGet("/municipalities", ListTowns).WithTags("municipalities");
        registry.MapGet("/schema/municipality.json", GetSchema).WithTags("municipalities");
    }

    private static Ok<Page<TownSummary>> ListTowns(ITownDirectory towns)
        => TypedResults.Ok(new Page<TownSummary>([.. towns.Towns.Select(town => new TownSummary(
            town.Code, town.Name, [.. town.Services.Select(service => service.Name), .. town.ThirdPartyServices.Select(service => service.Name)]))]));

    private static ContentHttpResult GetSchema() => TypedResults.Text(MunicipalitySchema.Text, "application/schema+json", System.Text.Encoding.UTF8);
}

/// <summary>A municipality in the public list.</summary>
/// <param name="Id">6-digit local-government code.</param>
/// <param name="Services">Names below <c>/api/{id}/</c>.</param>
public sealed record TownSummary(string Id, LocalizedText Name, IReadOnlyList<string> Services);
