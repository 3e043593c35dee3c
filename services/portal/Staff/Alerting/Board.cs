using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>What waits for an officer and what is in force.</summary>
public sealed record Board
{
    /// <summary>Drafts: real ones before drills, the highest level first, of one level the one that waits longest.</summary>
    public required IReadOnlyList<DraftAnswer> Waiting { get; init; }

    /// <summary>Alerts in force, gravest first.</summary>
    public required IReadOnlyList<AlertView> Actual { get; init; }

    /// <summary>Drills and tests in force.</summary>
    public required IReadOnlyList<AlertView> Drills { get; init; }

    /// <summary>Bulletins of the Japan Meteorological Agency that wait.</summary>
    public required IReadOnlyList<BulletinAnswer> Bulletins { get; init; }

    /// <summary>Drafts that were decided, newest first.</summary>
    public required IReadOnlyList<DraftAnswer> Decided { get; init; }

    public bool IsWaiting => Waiting.Count > 0 || Bulletins.Count > 0;

    /// <summary>Whether an open page may look every few seconds.</summary>
    public required bool LooksOften { get; init; }
}
