using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>Tells a database that is away or busy from a fault in the program.</summary>
public static class DatabaseFaults
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // https://www.postgresql.org/docs/current/errcodes-appendix.html, beside those that Npgsql calls transient: shut down, refused
    // or taken away from us, damaged.
    private static readonly string[] Unusable =
    [
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.DatabaseDropped,
        PostgresErrorCodes.InvalidPassword, PostgresErrorCodes.InvalidAuthorizationSpecification, PostgresErrorCodes.InsufficientPrivilege,
        PostgresErrorCodes.InvalidCatalogName, PostgresErrorCodes.InvalidSchemaName, PostgresErrorCodes.ReadOnlySqlTransaction,
        PostgresErrorCodes.DataCorrupted, PostgresErrorCodes.IndexCorrupted,
    ];

    /// <summary>
    /// Whether the database, or the wait for it, is behind an exception. Entity Framework wraps what may pass by itself
    /// in an <see cref="InvalidOperationException"/>, and a grain's storage wraps in an exception of its own.
    /// </summary>
    public static bool IsDatabaseFault(this Exception exception) => IsBehind(exception, static one => one is DbException or TimeoutException);

    /// <summary>Whether the database is away, busy, full or damaged: what was asked was in order, and may be asked again.</summary>
    public static bool IsDatabaseAway(this Exception exception) => IsBehind(exception, static one => one switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Busy or Locked or ReadOnly or IoError or Corrupt or Full or CannotOpen or NotADatabase,
        PostgresException postgres => postgres.IsTransient || Unusable.Contains(postgres.SqlState, StringComparer.Ordinal),
        _ => one is NpgsqlException,
    });

    /// <summary>Whether a text holds what PostgreSQL keeps in none: the character U+0000.</summary>
    public static bool IsTextRefused(this Exception exception) => IsBehind(exception, static one =>
        one is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter });

    private static bool IsBehind(Exception exception, Predicate<Exception> isIt)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            if (isIt(one))
            {
                return true;
            }
        }

        return false;
    }
}
