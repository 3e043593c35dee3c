using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;

namespace SmartCity.Registry.Files;

/// <summary>A manifest may name only files that have been handed in.</summary>
public sealed class FileReview(RegistryDbContext database)
{
    public async Task<IReadOnlyList<Notice>> CheckAsync(string municipality, Town? town, CancellationToken cancellationToken)
    {
        if (town is null)
        {
            return [];
        }

        var notices = new List<Notice>();
        if (town.Shelters is { Length: > 0 } shelters && !town.Files.ContainsKey(shelters))
        {
            notices.Add(new Notice("file-missing", NoticeSeverity.Error, $"shelters names '{shelters}', which is not among files: hand it in with `smartcity onboard`, or PUT it to files/{{sha256}} and name it in files.")
            {
                Field = "shelters",
                Value = shelters,
            });
        }

        var stored = await database.Files.Where(row => row.Municipality == municipality).Select(row => row.Sha256).ToListAsync(cancellationToken);
        notices.AddRange(town.Files.Where(file => !stored.Contains(file.Value, StringComparer.Ordinal)).Select(file =>
            new Notice("file-not-handed-in", NoticeSeverity.Error, $"files.{file.Key} has the SHA-256 {file.Value}, and no such file was handed in: PUT it to files/{file.Value} first.")
            {
                Field = "files." + file.Key,
                Value = file.Value,
            }));
        return notices;
    }
}
