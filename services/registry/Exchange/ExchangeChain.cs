using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Events;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Registry.Exchange;

/// <summary>
/// Appends to the chain, one writer at a time: always inside <see cref="CityDbContext.BeginWriteAsync"/> of the caller,
/// so that what was done and the record of it are kept or lost together.
/// </summary>
public sealed class ExchangeChain(RegistryDbContext database, ExchangeSigner signer, TimeProvider clock)
{
    /// <summary>Appends a record; the day before it is sealed first.</summary>
    public async Task AppendAsync(ExchangeRecorded recorded, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("The chain is written inside a write transaction only.");
        }

        await SealAsync(cancellationToken);
        var last = await LastAsync(cancellationToken);
        // A clock set back must not put a record before the one it follows, nor into a day that is sealed.
        var now = clock.GetJapanNow();
        now = last is not null && last.RecordedAt > now ? last.RecordedAt : now;
        var record = new ExchangeRecord((last?.Sequence ?? 0) + 1, last?.Hash ?? ExchangeLines.Genesis, now, recorded);
        var body = ExchangeLines.Write(record);
        database.Add(new ExchangeRow
        {
            Sequence = record.Sequence,
            EventId = recorded.EventId,
            Municipality = recorded.Municipality,
            ActorMunicipality = recorded.Actor.Municipality,
            Subject = recorded.Subject,
            RecordedAt = now,
            Body = body,
            Hash = ExchangeLines.HashOf(body),
        });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Seals the last day that has records, when it is over and not sealed yet.</summary>
    /// <returns>Whether a seal was made.</returns>
    public async Task<bool> SealAsync(CancellationToken cancellationToken)
    {
        var last = await LastAsync(cancellationToken);
        var before = await database.Set<SealRow>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        var now = clock.GetJapanNow();
        if (last is null || before?.LastSequence == last.Sequence || DayOf(now) <= DayOf(last.RecordedAt))
        {
            return false;
        }

        var seal = new ExchangeSeal((before?.Number ?? 0) + 1, DayOf(last.RecordedAt), (before?.LastSequence ?? 0) + 1, last.Sequence,
            last.Hash, before?.Hash ?? ExchangeLines.Genesis, now, signer.KeyId);
        var body = ExchangeLines.Write(seal);
        database.Add(new SealRow { Number = seal.Number, LastSequence = seal.Last, Body = body, Hash = ExchangeLines.HashOf(body), Signature = signer.Sign(body) });
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    // Which town's data it is plays no part in the chain: it is one for the whole installation.
    private Task<ExchangeRow?> LastAsync(CancellationToken cancellationToken)
        => database.Set<ExchangeRow>().IgnoreQueryFilters().AsNoTracking().OrderByDescending(row => row.Sequence).FirstOrDefaultAsync(cancellationToken);

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(JapanTime.From(time).DateTime);
}
