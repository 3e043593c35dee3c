using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>
/// Where a service keeps what: in its shared database, or, for a town whose manifest says <c>isolation: Database</c>, in
/// one of the town's own. Such a database is made, and brought to the newest schema, before it is first used; when that
/// fails, only that town waits.
/// </summary>
public sealed class TownDatabases(
    DatabaseKind shared, IReadOnlyDictionary<string, string> connectionStrings, ITownDirectory towns, Assembly scriptsOf, bool allowOwn = true)
{
    private readonly ConcurrentDictionary<string, DatabaseKind> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<DatabaseKind, Lazy<Task>> _prepared = new();
    private readonly WriteTurns _turns = new();

    public DatabaseKind Shared { get; } = shared;

    /// <summary>Null for the shared database, then the towns that have one of their own.</summary>
    public IReadOnlyList<string?> Owners => [null, .. towns.Towns.Where(IsOwner).Select(town => town.Code)];

    /// <returns>The town itself when it has a database of its own; null when its data is in the shared one.</returns>
    public string? OwnerOf(string? municipality) => towns.TryGet(municipality, out var town) && IsOwner(town) ? town.Code : null;

    /// <param name="owner">As <see cref="OwnerOf"/> says.</param>
    public DatabaseKind Of(string? owner) => owner is null
        ? Shared
        : _own.GetOrAdd(owner, code => connectionStrings.TryGetValue(code, out var given) ? DatabaseKind.From(given) : Shared.ForTown(code));

    /// <summary>An open connection to the database that keeps a town's data, for the paths that write SQL themselves.</summary>
    public Task<DbConnection> OpenAsync(string? municipality, CancellationToken cancellationToken) => OpenAsync(Of(OwnerOf(municipality)), cancellationToken);

    /// <summary>An open connection to one of the databases.</summary>
    public async Task<DbConnection> OpenAsync(DatabaseKind database, CancellationToken cancellationToken)
    {
        await PrepareAsync(database, cancellationToken);
        var connection = database.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await database.PrepareConnectionAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits for a turn at writing, for those who write often or must not wait long: on SQLite those who ask come one after the
    /// other, on PostgreSQL all at once. Whoever holds one must not ask for another.
    /// </summary>
    public Task<IDisposable> TakeTurnAsync(DatabaseKind database, CancellationToken cancellationToken) => _turns.TakeAsync(database, cancellationToken);

    /// <summary>Makes the database and brings it to the newest schema, once for each process; a failure is tried again by the next caller.</summary>
    public async Task PrepareAsync(DatabaseKind database, CancellationToken cancellationToken)
    {
        // Lazy, since of two callers at once each may make an entry, and two upgrades at once would hinder each other.
        var upgrade = _prepared.GetOrAdd(database, static (kind, scripts) => new(() => Task.Run(() => SchemaUpgrade.RunAsync(kind, scripts, CancellationToken.None))), scriptsOf);
        try
        {
            await upgrade.Value.WaitAsync(cancellationToken);
        }
        catch when (upgrade.Value.IsFaulted)
        {
            _prepared.TryRemove(KeyValuePair.Create(database, upgrade));
            throw;
        }
    }

    private bool IsOwner(Town town) => allowOwn && town.Isolation == Isolation.Database;
}
