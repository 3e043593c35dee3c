using SmartCity.Contracts.Towns;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>The page on which an alert is written: first the choices, then the words.</summary>
public sealed record ComposeBoard
{
    public required Town Town { get; init; }

    public required ComposeForm Form { get; init; }

    public required IReadOnlyList<TownPlace> Places { get; init; }

    /// <summary>The words and whom they would reach, once the choices are made; null before.</summary>
    public DraftPreviewAnswer? Preview { get; init; }

    public MapView? Map { get; init; }

    /// <summary>What stands wrong, as a key of the language files.</summary>
    public string? Fault { get; init; }

    public Refused? Refused { get; init; }
}
