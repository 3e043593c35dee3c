using System.ComponentModel.DataAnnotations;

namespace SmartCity.Telemetry.NgsiLd;

/// <summary>Configuration section <c>NgsiLd</c>.</summary>
public sealed record NgsiLdOptions
{
    /// <summary>Where clients reach the gateway, for the URL of the @context; without it, what the request says.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How often to look for changes that subscriptions are to be told of, beside the moment of a commit.</summary>
    [Range(0.05, 3600)]
    public double PollSeconds { get; init; } = 5;

    /// <summary>Time for a receiver to answer a notification.</summary>
    [Range(0.1, 60)]
    public double NotificationTimeoutSeconds { get; init; } = 5;

    /// <summary>Pause after the first failure of a receiver; twice as long after each further one, an hour at most.</summary>
    [Range(0.01, 600)]
    public double RetrySeconds { get; init; } = 5;

    /// <summary>A receiver that failed so often in a row gets this change no more; the next one is sent again.</summary>
    [Range(1, 100)]
    public int MostAttempts { get; init; } = 8;

    /// <summary>Subscriptions of one town.</summary>
    [Range(1, 10_000)]
    public int MostSubscriptions { get; init; } = 100;

    /// <summary>Whether receivers in private networks are allowed: for tests and towns whose receivers share their network.</summary>
    public bool AllowPrivateReceivers { get; init; }
}
