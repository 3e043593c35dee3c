using System.Collections.Frozen;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>What one person may let another do for them.</summary>
public static class GrantScopes
{
    /// <summary>Read who looked at their data.</summary>
    public const string ReadExchangeLog = "exchange-log.read";

    /// <summary>Read appointments and their notices.</summary>
    public const string ReadAppointments = "appointments.read";

    /// <summary>Book, move and cancel appointments.</summary>
    public const string BookAppointments = "appointments.book";

    /// <summary>Order on-demand rides.</summary>
    public const string OrderRides = "rides.order";

    /// <summary>Every scope.</summary>
    public static readonly FrozenSet<string> All =
        FrozenSet.Create(StringComparer.Ordinal, ReadExchangeLog, ReadAppointments, BookAppointments, OrderRides);

    /// <summary>The scopes as a sentence's list.</summary>
    public static string List => string.Join(", ", All.Order(StringComparer.Ordinal));
}
