using System.Data.Common;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>Tells a database that is away or busy from a fault in the program.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// Whether the database, or the wait for it, is behind an exception. Entity Framework wraps what may pass by itself
    /// in an <see cref="InvalidOperationException"/>, and a grain's storage wraps in an exception of its own.
    /// </summary>
    public static bool IsDatabaseFault(this Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            if (one is DbException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }
}
