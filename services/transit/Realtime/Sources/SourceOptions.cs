using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>Configuration section <c>Realtime:Sources</c>.</summary>
public sealed record SourceOptions
{
    /// <summary>Whether the feeds that manifests name are asked for at all.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>How often, where the manifest does not say.</summary>
    [Range(5, 3_600)]
    public double EverySeconds { get; init; } = 20;

    [Range(1, 60)]
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>Failures in a row after which a source is asked less and less often.</summary>
    [Range(1, 100)]
    public int FailuresBeforePause { get; init; } = 3;

    /// <summary>The longest of these pauses.</summary>
    [Range(10, 3_600)]
    public double LongestPauseSeconds { get; init; } = 300;

    /// <summary>A source whose header is older is shown as stale: what it said is unconfirmed by then.</summary>
    [Range(30, 3_600)]
    public double StaleAfterSeconds { get; init; } = 120;

    /// <summary>Whether addresses inside a private network may be asked: for a server of the town's own.</summary>
    public bool AllowPrivateHosts { get; init; }

    /// <summary>Sources of one town, those that push included.</summary>
    [Range(1, 1_000)]
    public int MostOfTown { get; init; } = 20;
}
