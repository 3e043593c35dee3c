namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>What the ledger's column <c>state</c> says.</summary>
internal static class DeliveryState
{
    /// <summary>Waits for its first or next try.</summary>
    public const string Queued = "queued";

    /// <summary>A process has it, or had it when it died.</summary>
    public const string Sending = "sending";

    /// <summary>Somebody in between took it over: a push service, a mail server.</summary>
    public const string Sent = "sent";

    /// <summary>The receiver itself took it.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>It did not arrive, as far as anybody knows.</summary>
    public const string Failed = "failed";

    /// <summary>A newer message of the same alert took its place before it was sent.</summary>
    public const string Superseded = "superseded";

    /// <summary>The subscription ended before it was sent.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Not reached yet, or for good.</summary>
    public static readonly IReadOnlyList<string> NotReached = [Queued, Sending, Failed];

    public static readonly IReadOnlyList<string> All = [Queued, Sending, Sent, Confirmed, Failed, Superseded, Withdrawn];
}
