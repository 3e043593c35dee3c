using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>What a commit stored.</summary>
/// <param name="Readings">New ones.</param>
/// <param name="Duplicates">Readings that were there before.</param>
/// <param name="Refused">What the store refused of messages, beside what their decoders refused.</param>
/// <param name="Fresh">The new readings themselves: until the next batch, whose they are then.</param>
internal sealed record StoredBatch(
    int Readings, int Duplicates, IReadOnlyDictionary<IngestItem, Fault> Refused, IReadOnlyList<(SeriesHead Series, Point Point)> Fresh);

/// <summary>What is known of a device beyond its row in <c>device_state</c>, from memory.</summary>
/// <param name="Accepted">Messages that the row does not count yet, by the generation that will.</param>
internal sealed record DeviceNews(
    IReadOnlyList<(long Generation, DeviceActivity Activity)> Accepted,
    long? SkewMicroseconds,
    IReadOnlyDictionary<string, (long T, double Value)> Latest);

/// <summary>One database of telemetry: the shared one, or a town's own. One writer at a time commits to it.</summary>
internal interface ITelemetryStore : IReadingStore
{
    /// <summary>Commits a batch: readings, device states, rule states and outgoing events, all or nothing.</summary>
    Task<StoredBatch> CommitAsync(IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, CancellationToken cancellationToken);

    /// <summary>Writes a batch and takes it back, so that the first real one finds its code compiled.</summary>
    Task RehearseAsync(IReadOnlyList<IngestItem> batch, CancellationToken cancellationToken);

    /// <summary>Does a little of what settles readings, a few milliseconds long.</summary>
    /// <param name="all">Also what need not settle yet.</param>
    /// <returns>Whether there is more to do now.</returns>
    Task<bool> SettleAsync(bool all, CancellationToken cancellationToken);

    /// <summary>What the tables do not say yet, or null.</summary>
    Task<DeviceNews?> NewsOfAsync(string municipality, string device, CancellationToken cancellationToken);

    /// <summary>Returns when memory knows of every commit whose rows a caller may have seen before; after a moment it gives up.</summary>
    Task CatchUpAsync(CancellationToken cancellationToken);

    /// <summary>Readings of a town's devices, by device.</summary>
    Task<IReadOnlyDictionary<string, long>> CountAsync(string municipality, CancellationToken cancellationToken);

    /// <summary>Deletes what is older, in small pieces; returns how many readings that was.</summary>
    Task<long> DeleteBeforeAsync(string municipality, long readingsBefore, long rollupsBefore, CancellationToken cancellationToken);
}
