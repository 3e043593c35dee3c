using System.Collections.Concurrent;
using System.Diagnostics;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.TimeSeries.Postgres;
using SmartCity.Telemetry.TimeSeries.Sqlite;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>The store of each database, and what settles their readings: what one database does not take holds up no other.</summary>
internal sealed class TelemetryStores(TownDatabases databases, IServiceProvider provider, TimeProvider clock, ILogger<TelemetryStores> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int RestAfter = 3;
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private readonly ConcurrentDictionary<DatabaseKind, Lazy<Entry>> _stores = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="owner">The town whose own database it is, or null for the shared one.</param>
    public ITelemetryStore Of(string? owner)
        => _stores.GetOrAdd(databases.Of(owner), kind => new Lazy<Entry>(() => Start(kind, owner))).Value.Store;

    /// <summary>The kind of store that a database takes.</summary>
    internal static ITelemetryStore Create(IServiceProvider provider, DatabaseKind kind) => kind.IsSqlite
        ? ActivatorUtilities.CreateInstance<SqliteStore>(provider, kind)
        : ActivatorUtilities.CreateInstance<PostgresStore>(provider, kind);

    /// <summary>Where a town's readings are.</summary>
    public ITelemetryStore OfTown(string municipality) => Of(databases.OwnerOf(municipality));

    public override void Dispose()
    {
        base.Dispose();
        _stopping.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A loop that ends with a fault that nobody foresaw must end the process, which starts again.
        await Task.WhenAny(_broken.Task, Task.Delay(Timeout.Infinite, stoppingToken));
        await _stopping.CancelAsync();
        await Task.WhenAll(_stores.Values.Select(store => store.Value.Settling));
        foreach (var store in _stores.Values)
        {
            (store.Value.Store as IDisposable)?.Dispose();
        }
    }

    private Entry Start(DatabaseKind kind, string? owner)
    {
        var store = Create(provider, kind);
        return new Entry(store, Task.Run(() => RunAsync(store, owner ?? "shared")));
    }

    private async Task RunAsync(ITelemetryStore store, string database)
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var (pause, hasMore) = (Pause, false);
            try
            {
                var start = Stopwatch.GetTimestamp();
                hasMore = await store.SettleAsync(all: false, _stopping.Token);
                // A quarter of one processor is enough, and leaves the others theirs: nothing waits for settling, but what waits
                // in the queue of a thread that is kept busy (a batch, an event) would wait for the whole of it.
                pause = hasMore ? RestAfter * Stopwatch.GetElapsedTime(start) : Pause;
                failures = 0;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception.MayPass())
            {
                pause = Pauses.After(++failures);
                log.NotSettled(exception, database, failures);
            }
            catch (Exception exception)
            {
                _broken.TrySetException(exception);
                throw;
            }

            await Task.Delay(pause, hasMore ? TimeProvider.System : clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed record Entry(ITelemetryStore Store, Task Settling);
}
