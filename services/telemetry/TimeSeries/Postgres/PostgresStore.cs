using Microsoft.Extensions.Options;
using Npgsql;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>
/// Telemetry in PostgreSQL. A commit appends its batch as one row of arrays, with what it says of devices and rules; from there it
/// settles, inside the server, into a table partitioned by months and into roll-ups. Several replicas may commit and settle.
/// </summary>
internal sealed class PostgresStore(
    DatabaseKind database, TownDatabases databases, IOptions<IngestOptions> options, IngestMetrics metrics, TimeProvider clock, ILogger<PostgresStore> log)
    : ITelemetryStore, IDisposable
{
    private const long ReadingsAtOnce = 50_000;
    private const int SeriesAtOnce = 20;

    /// <summary>How often to look for what a replica left that is gone.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _settling = new(1, 1);
    private readonly Heads _heads = new();
    private readonly PostgresSeries _series = new();
    private readonly PostgresPartitions _partitions = new(log);
    private BatchPreparation? _preparation;
    private volatile bool _hasPending = true;
    private bool _lookForEach;
    private long _readingsBehind;
    private DateTimeOffset _lookedAt;

    private BatchPreparation Preparation => _preparation ??= new BatchPreparation(_heads);

    public async Task<StoredBatch> CommitAsync(IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, CancellationToken cancellationToken)
    {
        // Settling that does not keep up must hold up the commits, not make the readers walk through ever more.
        if (Interlocked.Read(ref _readingsBehind) > 2L * options.Value.SettleAfterReadings)
        {
            await SettleAsync(all: true, cancellationToken);
        }

        return await WriteAsync(batch, outcomes, isRehearsal: false, cancellationToken);
    }

    public Task RehearseAsync(IReadOnlyList<IngestItem> batch, CancellationToken cancellationToken)
        => WriteAsync(batch, [], isRehearsal: true, cancellationToken);

    public async Task<bool> SettleAsync(bool all, CancellationToken cancellationToken)
    {
        await _settling.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (!all && !_hasPending && (now - _lookedAt).Duration() < LookAgain)
            {
                return false;
            }

            (_hasPending, _lookedAt) = (false, now);
            return await SettleSliceAsync(now, cancellationToken);
        }
        catch
        {
            _hasPending = true;
            throw;
        }
        finally
        {
            _settling.Release();
        }
    }

    public async Task<List<Point>> PendingAsync(SeriesKey series, long from, long to, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await PostgresPending.ReadAsync(connection, series.Id, from, to, cancellationToken);
    }

    public async Task<List<Point>> SettledAsync(SeriesKey series, long from, long to, int atMost, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await PostgresQueries.PointsAsync(connection, series.Id, from, to, atMost, cancellationToken);
    }

    public async Task<List<Rollup>> SettledRollupsAsync(SeriesKey series, Resolution resolution, long firstBucket, long lastBucket, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await PostgresQueries.RollupsAsync(connection, series.Id, resolution, firstBucket, lastBucket, cancellationToken);
    }

    // Counts are in the device's row already; newest values come there when they settle.
    public Task<DeviceNews?> NewsOfAsync(string municipality, string device, CancellationToken cancellationToken)
        => Task.FromResult(_heads.Look(municipality, device, head => new DeviceNews(
            [],
            head.SkewMicroseconds,
            head.Series.Where(series => series.LastT > long.MinValue)
                .ToDictionary(series => series.Metric, series => (series.LastT, series.LastValue), StringComparer.Ordinal))));

    // Others see a commit before we hear of it.
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await _writing.WaitAsync(Moment, cancellationToken))
        {
            _writing.Release();
        }
    }

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string municipality, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await PostgresQueries.CountAsync(connection, municipality, cancellationToken);
    }

    public async Task<long> DeleteBeforeAsync(string municipality, long readingsBefore, long rollupsBefore, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        await using var connection = await OpenAsync(cancellationToken);
        foreach (var some in (await PostgresQueries.SeriesOfAsync(connection, municipality, cancellationToken)).Chunk(SeriesAtOnce))
        {
            deleted += await PostgresQueries.DeleteBeforeAsync(connection, some, readingsBefore, rollupsBefore, cancellationToken);
        }

        await _settling.WaitAsync(cancellationToken);
        try
        {
            await _partitions.DropEmptyAsync(connection, readingsBefore, cancellationToken);
        }
        finally
        {
            _settling.Release();
        }

        return deleted;
    }

    public void Dispose()
    {
        _writing.Dispose();
        _settling.Dispose();
    }

    private async Task<StoredBatch> WriteAsync(
        IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, bool isRehearsal, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                await using var connection = await OpenAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                if (!await StoreAsync(connection, transaction, batch, outcomes, cancellationToken))
                {
                    // Another replica added a series first: the next look finds it.
                    Preparation.Changes.NewSeries.ForEach(series => _heads.Forget(series.Device));
                    continue;
                }

                if (!isRehearsal)
                {
                    await transaction.CommitAsync(cancellationToken);
                    _heads.See(Preparation.Changes);
                    _hasPending = true;
                }

                return new StoredBatch(
                    Preparation.Changes.Points.Count, Preparation.Changes.Duplicates,
                    new Dictionary<IngestItem, Fault>(Preparation.Refused, ReferenceEqualityComparer.Instance),
                    Preparation.Changes.Points);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<bool> StoreAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        await _series.LoadAsync(connection, _heads, batch, cancellationToken);
        Preparation.Prepare(batch, _series);
        var changes = Preparation.Changes;
        await using var commands = new NpgsqlBatch(connection, transaction);
        var newSeries = changes.NewSeries.Count > 0 ? PostgresSeries.AddTo(commands, changes.NewSeries) : null;
        if (changes.Points.Count > 0)
        {
            PostgresPending.AddTo(commands, changes);
        }

        PostgresDeviceStates.AddTo(commands, batch, Preparation);
        var changed = PostgresOutcomes.AddTo(commands, outcomes, clock.GetUtcNow());
        if (commands.BatchCommands.Count == 0)
        {
            return true;
        }

        await commands.PrepareAsync(cancellationToken);
        await using (var reader = await commands.ExecuteReaderAsync(cancellationToken))
        {
            await PostgresOutcomes.ExpectAllAsync(reader, changed, cancellationToken);
            // A fault of a later statement is met here.
            await reader.NextResultAsync(cancellationToken);
        }

        return newSeries is null || newSeries.RecordsAffected == changes.NewSeries.Count;
    }

    private async Task<bool> SettleSliceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var slice = await PostgresPending.NextAsync(connection, ReadingsAtOnce, cancellationToken);
        await _partitions.MakeAsync(connection, slice.Months, now, cancellationToken);
        Interlocked.Exchange(ref _readingsBehind, slice.ReadingsBehind);
        if (slice.Batches.Count == 0)
        {
            return false;
        }

        try
        {
            // What another replica is settling, and what waits behind it, is worth another look.
            _hasPending = true;
            if (await PostgresSettling.SettleAsync(connection, slice.Batches, _lookForEach, cancellationToken) is not { } settled)
            {
                return false;
            }

            _lookForEach = false;
            metrics.FoundDuplicates((int)(settled.Taken - settled.Stored));
            return slice.ReadingsBehind > 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A series whose newest reading is not the one that its row names: the next attempt does not rely on it.
            _lookForEach = true;
            throw;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
        => (NpgsqlConnection)await databases.OpenAsync(database, cancellationToken);
}
