using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>
/// Telemetry in SQLite. A commit appends its batch to a journal, one row whatever its size, and keeps it in memory; a
/// generation of the journal settles into compressed chunks, series by series, while the next one is filled. A series' page
/// is then written once for many readings, not once for each.
/// </summary>
internal sealed class SqliteStore(
    DatabaseKind database, TownDatabases databases, IOptions<IngestOptions> options, TimeProvider clock, ILogger<SqliteStore> log)
    : ITelemetryStore, IDisposable
{
    /// <summary>Longest time that settling keeps a commit waiting.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);

    private const int SeriesAtOnce = 50;

    private readonly ByteWriter _writer = new();
    private volatile Heads _heads = new();
    private BatchPreparation? _preparation;
    private SqliteSession? _session;

    public Task<StoredBatch> CommitAsync(IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, CancellationToken cancellationToken)
        => WriteAsync(
            async session =>
            {
                // Settling that does not keep up must hold up the commits, not fill the memory: each does a part of it.
                if (_heads.FillingPoints > 2 * options.Value.SettleAfterReadings && _heads.Settling.Count > 0)
                {
                    SettleSlice(session);
                }

                await using var transaction = session.Statements.Begin();
                var stored = await StoreAsync(session, transaction, batch, outcomes, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                _heads.Apply(_preparation!.Changes, clock.GetUtcNow());
                return stored;
            },
            cancellationToken);

    public Task RehearseAsync(IReadOnlyList<IngestItem> batch, CancellationToken cancellationToken)
        => WriteAsync(
            async session =>
            {
                await using var transaction = session.Statements.Begin();
                await StoreAsync(session, transaction, batch, [], cancellationToken);
                await transaction.RollbackAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<bool> SettleAsync(bool all, CancellationToken cancellationToken)
        => WriteAsync(
            session =>
            {
                if (_heads.Settling.Count == 0)
                {
                    var isDue = _heads.FillingPoints >= options.Value.SettleAfterReadings
                        || clock.GetUtcNow() - _heads.FillingSince >= TimeSpan.FromSeconds(options.Value.SettleAfterSeconds);
                    if (_heads.FillingSince is null || (!isDue && !all))
                    {
                        return Task.FromResult(false);
                    }

                    _heads.Turn();
                }

                SettleSlice(session);
                return Task.FromResult(_heads.Settling.Count > 0);
            },
            cancellationToken);

    public async Task<List<Point>> PendingAsync(SeriesKey series, long from, long to, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return _heads.PointsOf(series.Municipality, series.Device, series.Metric, from, to);
    }

    public Task<List<Point>> SettledAsync(SeriesKey series, long from, long to, int atMost, CancellationToken cancellationToken)
        => ReadAsync(statements => ChunkTable.Read(statements, series.Id, from, to, atMost), cancellationToken);

    public Task<List<Rollup>> SettledRollupsAsync(SeriesKey series, Resolution resolution, long firstBucket, long lastBucket, CancellationToken cancellationToken)
        => ReadAsync(statements => RollupTable.Read(statements, series.Id, resolution, firstBucket, lastBucket), cancellationToken);

    public async Task<DeviceNews?> NewsOfAsync(string municipality, string device, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var heads = _heads;
        return heads.Look(municipality, device, head => new DeviceNews(
            [(heads.Generation - 1, head.Settling), (heads.Generation, head.Filling)],
            head.SkewMicroseconds,
            head.Series.Where(series => series.LastT > long.MinValue)
                .ToDictionary(series => series.Metric, series => (series.LastT, series.LastValue), StringComparer.Ordinal)));
    }

    // Nothing of a commit is in the tables that is not in memory first.
    public Task CatchUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string municipality, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return await ReadAsync(
            statements =>
            {
                var counts = _heads.CountOf(municipality);
                using var reader = statements.With(
                    "SELECT device, SUM(points) FROM series JOIN reading_chunk ON series_id = id WHERE municipality = @0 GROUP BY device", municipality).ExecuteReader();
                while (reader.Read())
                {
                    counts[reader.GetString(0)] = counts.GetValueOrDefault(reader.GetString(0)) + reader.GetInt64(1);
                }

                return counts;
            },
            cancellationToken);
    }

    public async Task<long> DeleteBeforeAsync(string municipality, long readingsBefore, long rollupsBefore, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        var all = await ReadAsync(statements => SeriesTable.AllOf(statements, municipality), cancellationToken);
        foreach (var some in all.Chunk(SeriesAtOnce))
        {
            deleted += await WriteAsync(
                session =>
                {
                    using var transaction = session.Statements.Begin();
                    var readings = some.Sum(series => ChunkTable.DeleteBefore(session.Statements, series, readingsBefore));
                    Array.ForEach(some, series => RollupTable.DeleteBefore(session.Statements, series, rollupsBefore));
                    transaction.Commit();
                    return Task.FromResult(readings);
                },
                cancellationToken);
        }

        return deleted;
    }

    public void Dispose() => _session?.Dispose();

    private async Task<StoredBatch> StoreAsync(
        SqliteSession session, SqliteTransaction transaction, IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, CancellationToken cancellationToken)
    {
        var preparation = _preparation!;
        preparation.Prepare(batch, new SeriesTable(session));
        if (preparation.Changes.Messages.Count > 0)
        {
            Journal.Write(_writer, preparation.Changes);
            JournalTable.Append(session, _heads.Generation, _writer);
        }

        DeviceStateTable.StoreNotes(session, batch, preparation.Refused);
        await OutcomeTable.StoreAsync(session.Connection, transaction, outcomes, clock.GetUtcNow(), cancellationToken);
        return new StoredBatch(
            preparation.Changes.Points.Count, preparation.Changes.Duplicates,
            preparation.Refused.Count == 0 ? preparation.Refused : new Dictionary<IngestItem, Decoding.Fault>(preparation.Refused, ReferenceEqualityComparer.Instance),
            preparation.Changes.Points);
    }

    private void SettleSlice(SqliteSession session)
    {
        var start = Stopwatch.GetTimestamp();
        var devices = 0;
        using var transaction = session.Statements.Begin();
        var table = new SeriesTable(session);
        while (devices < _heads.Settling.Count && (devices == 0 || Stopwatch.GetElapsedTime(start) < Slice))
        {
            var device = _heads.Settling[^(++devices)];
            foreach (var series in device.Series)
            {
                if (series.Settling.Count > 0)
                {
                    RollupTable.Add(session.Statements, series.Id, ChunkTable.Merge(session.Statements, series.Id, series.Settling));
                    table.StoreLast(series);
                }
            }

            DeviceStateTable.StoreCounts(session, device, _heads.Generation - 1);
        }

        if (devices == _heads.Settling.Count)
        {
            JournalTable.Forget(session, _heads.Generation - 1);
        }

        transaction.Commit();
        _heads.Settled(devices);
    }

    /// <summary>Readers, too, need what the journal holds since before the start.</summary>
    private Task LoadAsync(CancellationToken cancellationToken)
        => Volatile.Read(ref _preparation) is null ? WriteAsync(_ => Task.FromResult(true), cancellationToken) : Task.CompletedTask;

    private async Task<T> WriteAsync<T>(Func<SqliteSession, Task<T>> write, CancellationToken cancellationToken)
    {
        using var turn = await databases.TakeTurnAsync(database, cancellationToken);
        try
        {
            return await write(_session ??= await OpenAsync(cancellationToken));
        }
        catch
        {
            _session?.Dispose();
            _session = null;
            throw;
        }
    }

    private async Task<SqliteSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = new SqliteSession((SqliteConnection)await databases.OpenAsync(database, cancellationToken));
        try
        {
            if (_preparation is null)
            {
                FirstVersion.Import(session, log);
                var heads = new Heads();
                var points = JournalTable.ReadInto(heads, session, clock.GetUtcNow());
                log.JournalRead(points);
                (_heads, _preparation) = (heads, new BatchPreparation(heads));
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(Func<Statements, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await databases.OpenAsync(database, cancellationToken);
        using var statements = new Statements((SqliteConnection)connection);
        return read(statements);
    }
}
