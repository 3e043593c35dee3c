using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Shelters.Import;

/// <summary>
/// Brings every town's shelters to what its file lists, before the service answers. Status stays; a bad file changes
/// nothing and does not keep alerts from running.
/// </summary>
public sealed class ShelterLoader(
    IServiceScopeFactory scopes, ITownDirectory towns, IConfiguration configuration, ILogger<ShelterLoader> log) : IHostedService
{
    private const int FaultsInLog = 20;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(configuration["Region:File"] ?? ".")) ?? ".";
        foreach (var town in towns.Towns.Where(town => town.Shelters is not null))
        {
            await LoadAsync(town, Path.Combine(folder, town.Shelters!), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LoadAsync(Town town, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            log.SheltersRefused(town.Code, file, "The file does not exist.");
            return;
        }

        var list = ShelterFile.Read(town.Code, await File.ReadAllBytesAsync(file, cancellationToken));
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

    private async Task<int> StoreAsync(Town town, IReadOnlyList<Shelter> listed, CancellationToken cancellationToken)
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
                database.Shelters.Add(shelter);
            }
        }

        // What the town no longer lists is no shelter any more: nobody may be sent there.
        database.Shelters.RemoveRange(known.Values);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return known.Count;
    }
}
