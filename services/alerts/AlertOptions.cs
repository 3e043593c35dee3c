using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts;

/// <summary>Configuration section <c>Alerts</c>.</summary>
public sealed record AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>Where residents reach the portal, for the CAP <c>web</c> element; left out of messages when not set.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How often a silent stream carries a comment, so that proxies keep it open.</summary>
    [Range(0.05, 60)]
    public double HeartbeatSeconds { get; init; } = 15;

    /// <summary>How often the stream looks for messages that another replica has committed.</summary>
    [Range(0.05, 60)]
    public double PollSeconds { get; init; } = 2;

    /// <summary>Messages that may wait for one stream client; a client that lags more is disconnected and resumes by id.</summary>
    [Range(1, 65_536)]
    public int StreamQueueLength { get; init; } = 256;
}
