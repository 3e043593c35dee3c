using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Registry.Files;

/// <summary>A manifest may name only files that have been handed in, and that are what it takes them for.</summary>
public sealed class FileReview(RegistryDbContext database)
{
    /// <param name="before">In force; what its files hold was looked at when they came.</param>
    /// <param name="after">Null where the manifest has faults of its own.</param>
    public async Task<IReadOnlyList<Notice>> CheckAsync(Town? before, Town? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            return [];
        }

        var notices = new List<Notice>();
        // With files, the manifest's own rules say so already.
        if (after.Shelters is { Length: > 0 } shelters && after.Files.Count == 0)
        {
            notices.Add(new Notice("file-missing", NoticeSeverity.Error, $"shelters names '{shelters}', which is not among files: hand it in with `smartcity onboard`, or PUT it to files/{{sha256}} and name it in files.")
            {
                Field = "shelters",
                Value = shelters,
            });
        }

        var stored = await database.Files.Where(row => row.Municipality == after.Code).Select(row => row.Sha256).ToListAsync(cancellationToken);
        notices.AddRange(after.Files.Where(file => !stored.Contains(file.Value, StringComparer.Ordinal)).Select(file =>
            new Notice("file-not-handed-in", NoticeSeverity.Error, $"files.{file.Key} has the SHA-256 {file.Value}, and no such file was handed in: PUT it to files/{file.Value} first.")
            {
                Field = "files." + file.Key,
                Value = file.Value,
            }));
        foreach (var (name, check) in NamedFileRules.Of(after))
        {
            if (after.Files.TryGetValue(name, out var sha256) && stored.Contains(sha256, StringComparer.Ordinal) && before?.Files.GetValueOrDefault(name) != sha256)
            {
                var file = await database.Files.AsNoTracking().SingleAsync(row => row.Municipality == after.Code && row.Sha256 == sha256, cancellationToken);
                notices.AddRange(check(name, file.Content));
            }
        }

        return notices;
    }
}
