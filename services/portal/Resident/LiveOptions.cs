using System.ComponentModel.DataAnnotations;

namespace SmartCity.Portal.Resident;

/// <summary>Section <c>Portal:Live</c>: how open pages ask for what changed.</summary>
public sealed record LiveOptions
{
    public const string Section = "Portal:Live";

    /// <summary>Within how many seconds after an alert all open pages of a town have asked. The alert itself is on them before.</summary>
    [Range(1, 120)]
    public int SpreadSeconds { get; init; } = 15;

    /// <summary>So many answers in a second are no trouble: fewer pages than fill <see cref="SpreadSeconds"/> ask sooner.</summary>
    [Range(1, 100_000)]
    public int AnswersPerSecond { get; init; } = 500;

    /// <summary>Least time between two renderings of the same, in milliseconds; who asks meanwhile shares the next one.</summary>
    [Range(0, 5000)]
    public int RenderingPauseMilliseconds { get; init; } = 200;
}
