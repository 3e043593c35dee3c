using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Files;

/// <summary>Files that manifests name. They are known by what they hold, so handing one in twice changes nothing.</summary>
internal static class FileEndpoints
{
    /// <summary>A prefecture's GTFS feed has 3 MB.</summary>
    public const long MaximumBytes = 32 * 1024 * 1024;

    public static void MapFiles(this RouteGroupBuilder town)
    {
        town.MapPut("/files/{sha256}", PutFile).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaximumBytes));
        town.MapGet("/files/{sha256}", GetFile);
    }

    private static async Task<Results<Created, NoContent, ProblemHttpResult>> PutFile(
        string municipality, string sha256, HttpRequest request, RegistryDbContext database, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var content = buffer.ToArray();
        var actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual != sha256)
        {
            return Problem.Unprocessable("file-not-as-named", "The file is not the one that was named.",
                $"Its SHA-256 is {actual}; the address says {sha256}. Nothing was saved; send it again.");
        }

        if (await database.Files.AnyAsync(row => row.Sha256 == sha256, cancellationToken))
        {
            return TypedResults.NoContent();
        }

        database.Files.Add(new StoredFile
        {
            Municipality = municipality,
            Sha256 = sha256,
            Content = content,
            UploadedBy = request.HttpContext.Subject(),
            UploadedAt = clock.GetJapanNow(),
        });
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.Created(request.Path);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetFile(string sha256, RegistryDbContext database, CancellationToken cancellationToken)
        => await database.Files.AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == sha256, cancellationToken) is { } file
            ? TypedResults.Bytes(file.Content, "application/octet-stream")
            : Problem.NotFound("unknown-file", "There is no such file.", "This municipality has handed in no file with this SHA-256.");
}
