using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Delivery;

/// <summary>Configuration section <c>Delivery</c>.</summary>
public sealed record DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Whether addresses inside a network, and without TLS, may be subscribed: for tests and for a town's own network.</summary>
    public bool AllowPrivateReceivers { get; init; }

    /// <summary>
    /// File of the key by which push services know this installation (RFC 8292), made where it is missing. Not set: <c>push-key.pem</c>
    /// beside an SQLite database; with PostgreSQL it must be set in production.
    /// </summary>
    public string? PushKeyFile { get; init; }

    /// <summary>Whom a push service may write to about this installation, as <c>mailto:</c> or <c>https:</c>; the town's alert sender where not set.</summary>
    public string? Contact { get; init; }

    /// <summary>Requests under way to one host that has answered lately.</summary>
    [Range(1, 4096)]
    public int RequestsPerHost { get; init; } = 128;

    /// <summary>Deliveries of one channel that this process holds at a time, waiting or under way.</summary>
    [Range(1, 65_536)]
    public int HeldPerChannel { get; init; } = 4096;

    /// <summary>How long a receiver has to answer.</summary>
    [Range(0.05, 60)]
    public double RequestTimeoutSeconds { get; init; } = 10;

    /// <summary>How long a delivery belongs to the process that took it; after a crash, another one takes it then.</summary>
    [Range(1, 600)]
    public double LeaseSeconds { get; init; } = 30;

    /// <summary>What must be left of a lease, beside the time that the receiver has, for a try to begin: in it the outcome is written down.</summary>
    [Range(0.05, 60)]
    public double SettleSeconds { get; init; } = 5;

    /// <summary>What must be left of a lease for a try to begin.</summary>
    internal TimeSpan NeededToTry => TimeSpan.FromSeconds(RequestTimeoutSeconds + SettleSeconds);

    /// <summary>How often to look for what another replica committed, or what is due again.</summary>
    [Range(0.02, 60)]
    public double PollSeconds { get; init; } = 2;

    /// <summary>The pause after the first failure is about twice this.</summary>
    [Range(0.001, 60)]
    public double RetrySeconds { get; init; } = 1;

    /// <summary>No pause between tries is longer.</summary>
    [Range(0.001, 3600)]
    public double LongestRetrySeconds { get; init; } = 300;

    /// <summary>Tries of one address before the person's next one is tried, where there is one.</summary>
    [Range(1, 20)]
    public int TriesBeforeNextAddress { get; init; } = 3;

    /// <summary>
    /// How long a person waits for an address whose host is ill before the next one is tried, where there is one: a dead push service
    /// must not keep an evacuation from a mailbox.
    /// </summary>
    [Range(0.05, 3600)]
    public double SecondsBeforeNextAddress { get; init; } = 60;

    /// <summary>Subscriptions that one source address may ask for in an hour.</summary>
    [Range(1, 1_000_000)]
    public int SubscriptionsPerSourceAndHour { get; init; } = 30;

    /// <summary>Subscriptions that one town takes in a minute.</summary>
    [Range(1, 1_000_000)]
    public int SubscriptionsPerTownAndMinute { get; init; } = 600;

    /// <summary>Subscriptions that one town keeps.</summary>
    [Range(1, 10_000_000)]
    public int SubscriptionsPerTown { get; init; } = 500_000;

    /// <summary>How long the link of a confirmation mail works.</summary>
    [Range(1, 168)]
    public double ConfirmWithinHours { get; init; } = 24;

    /// <summary>
    /// Browsers for which a key is made ahead, while nothing is sent: it is two thirds of the work of a Web Push message. About 250 bytes
    /// of memory each; 0 for none.
    /// </summary>
    [Range(0, 10_000_000)]
    public int PreparedPushes { get; init; } = 100_000;

    /// <summary>How long the rows of a message stay in the ledger.</summary>
    [Range(1, 3660)]
    public int KeepLedgerDays { get; init; } = 366;

    public SmtpOptions Smtp { get; init; } = new();
}

/// <summary>The mail server that takes the town's mails; without a host there is no e-mail channel.</summary>
public sealed record SmtpOptions
{
    public string? Host { get; init; }

    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    public string? User { get; init; }

    /// <summary>A file that holds the password, so that it stands in no configuration.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Sender of the mails; the town's alert sender where not set.</summary>
    public string? From { get; init; }

    /// <summary>Connections to the server at a time.</summary>
    [Range(1, 64)]
    public int Connections { get; init; } = 4;
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not: for a server on the same machine.</summary>
    None,

    /// <summary>By STARTTLS, which the server must offer (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}
