using System.Collections.Concurrent;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>
/// Turns at writing to an SQLite file, in the order in which they were asked for. Its lock has no queue: whoever comes while
/// somebody writes looks again after a pause, and beside a writer that commits all the time may never find it free. PostgreSQL
/// needs no turns.
/// </summary>
internal sealed class WriteTurns
{
    private static readonly IDisposable Free = new Turn(null);
    private readonly ConcurrentDictionary<DatabaseKind, SemaphoreSlim> _files = new();

    /// <summary>Whoever holds a turn must not ask for another.</summary>
    public async Task<IDisposable> TakeAsync(DatabaseKind database, CancellationToken cancellationToken)
    {
        if (!database.IsSqlite)
        {
            return Free;
        }

        var file = _files.GetOrAdd(database, static _ => new SemaphoreSlim(1, 1));
        await file.WaitAsync(cancellationToken);
        return new Turn(file);
    }

    private sealed class Turn(SemaphoreSlim? file) : IDisposable
    {
        private SemaphoreSlim? _file = file;

        public void Dispose() => Interlocked.Exchange(ref _file, null)?.Release();
    }
}
