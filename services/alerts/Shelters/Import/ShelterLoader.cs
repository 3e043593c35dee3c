using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Shelters;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Shelters.Import;

/// <summary>
/// Brings every town's shelters to what its file lists: before the service answers, and whenever the town's manifest names
/// another. Status stays; a bad file changes nothing and does not keep alerts from running.
/// </summary>
public sealed class ShelterLoader(IServiceScopeFactory scopes, ITownDirectory towns, ITownFiles files, TimeProvider clock, ILogger<ShelterLoader> log)
    : TownLoader(towns, clock)
{
    private const int FaultsInLog = 20;
    private readonly Dictionary<string, string> _loaded = new(StringComparer.Ordinal);

    protected override async Task<bool> TryLoadAsync(Town town, CancellationToken cancellationToken)
    {
        if (town.Shelters is not { } file || IsLoaded(town, file))
        {
            return true;
        }

        try
        {
            await LoadAsync(town, file, await files.ReadAsync(town, file, cancellationToken), cancellationToken);
            _loaded[town.Code] = VersionOf(town, file);
            return true;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || exception.IsDatabaseFault())
        {
            log.SheltersNotLoaded(exception, town.Code, file);
            return false;
        }
    }

    // A town changes for many reasons; its list of shelters is the same as long as the file is.
    private bool IsLoaded(Town town, string file) => _loaded.GetValueOrDefault(town.Code) == VersionOf(town, file);

    private static string VersionOf(Town town, string file) => $"{file} {town.Files.GetValueOrDefault(file)}";

    private async Task LoadAsync(Town town, string file, byte[]? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            log.SheltersRefused(town.Code, file, "The file does not exist.");
            return;
        }

        var list = ShelterFile.Read(content);
        if (list.Faults.Count > 0)
        {
            var more = list.Faults.Count > FaultsInLog ? $" … and {list.Faults.Count - FaultsInLog} more" : "";
            log.SheltersRefused(town.Code, file, string.Join("; ", list.Faults.Take(FaultsInLog)) + more);
            return;
        }

        foreach (var notice in list.Notices.Take(FaultsInLog))
        {
            log.ShelterNotice(town.Code, file, notice.ToString());
        }

        var removed = await StoreAsync(town, list.Shelters, cancellationToken);
        log.SheltersLoaded(town.Code, list.Shelters.Count, file, removed);
    }

    private async Task<int> StoreAsync(Town town, IReadOnlyList<ListedShelter> listed, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = town.Code;
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var known = await database.Shelters.ToDictionaryAsync(shelter => shelter.Id, StringComparer.Ordinal, cancellationToken);
        foreach (var shelter in listed)
        {
            if (known.Remove(shelter.Id, out var old))
            {
                old.Take(shelter);
            }
            else
            {
                database.Shelters.Add(Shelter.Of(town.Code, shelter));
            }
        }

        // What the town no longer lists is no shelter any more: nobody may be sent there.
        database.Shelters.RemoveRange(known.Values);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return known.Count;
    }
}
