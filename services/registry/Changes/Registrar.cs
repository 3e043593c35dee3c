using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;
using SmartCity.Registry.Planning;
using SmartCity.Registry.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Registry.Changes;

/// <summary>Puts a municipality in force inside the caller's write transaction, with the event that tells of it.</summary>
public sealed class Registrar(
    RegistryDbContext database, TownFeed feed, IEnumerable<IRegistryParticipant> participants, OutboxSignal outbox, TimeProvider clock)
{
    /// <returns>The registry's version of this change.</returns>
    public Task<long> PutAsync(Town? before, Town after, CancellationToken cancellationToken)
        => PutAsync(before, after, Differ.Compare(before, after), cancellationToken);

    /// <param name="steps">What is different, where the caller knows it already.</param>
    /// <returns>The registry's version of this change.</returns>
    public async Task<long> PutAsync(Town? before, Town after, IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken)
    {
        var version = await database.NextVersionAsync(cancellationToken);
        var row = await database.Towns.IgnoreQueryFilters().FirstOrDefaultAsync(row => row.Municipality == after.Code, cancellationToken);
        if (row is null)
        {
            row = new TownRow { Municipality = after.Code, Manifest = after, Version = version, ChangedAt = clock.GetJapanNow() };
            database.Towns.Add(row);
        }

        (row.Manifest, row.Version, row.ChangedAt, row.IsRemoved) = (after, version, clock.GetJapanNow(), false);
        await TakePartAsync(before, after, version, cancellationToken);
        Tell(after.Code, version, steps);
        return version;
    }

    public async Task<long> RemoveAsync(Town before, CancellationToken cancellationToken)
    {
        var version = await database.NextVersionAsync(cancellationToken);
        var row = await database.Towns.IgnoreQueryFilters().SingleAsync(row => row.Municipality == before.Code, cancellationToken);
        (row.Version, row.ChangedAt, row.IsRemoved) = (version, clock.GetJapanNow(), true);
        await TakePartAsync(before, null, version, cancellationToken);
        Tell(before.Code, version, Differ.Compare(before, null));
        return version;
    }

    /// <summary>After the commit: whoever follows the registry need not wait for a poll.</summary>
    public async Task CommittedAsync(CancellationToken cancellationToken)
    {
        outbox.Set();
        foreach (var participant in participants)
        {
            await participant.CommittedAsync(cancellationToken);
        }

        await feed.RefreshAsync(cancellationToken);
    }

    private async Task TakePartAsync(Town? before, Town? after, long version, CancellationToken cancellationToken)
    {
        foreach (var participant in participants)
        {
            await participant.TakePartAsync(database, before, after, version, cancellationToken);
        }
    }

    private void Tell(string municipality, long version, IReadOnlyList<PlanStep> steps)
    {
        var id = $"registry-{version}";
        database.Outbox.Add(OutboxEvent.Of(Topics.RegistryChanged, id, new RegistryChanged
        {
            EventId = id,
            Municipality = municipality,
            Version = version,
            Sections = [.. steps.Select(step => step.Section).Distinct(StringComparer.Ordinal)],
            At = clock.GetJapanNow(),
        }, clock.GetJapanNow()));
    }
}
