using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.Staff.Drills;

/// <summary>One drill with all that a second person agrees to.</summary>
public sealed record DrillBoard
{
    public required DrillView Drill { get; init; }

    public required Town Town { get; init; }

    /// <summary>Null for the whole town.</summary>
    public required MapView? Map { get; init; }

    /// <summary>Whether an open page looks every few seconds.</summary>
    public required bool LooksOften { get; init; }

    public bool IsOpen => Drill.State is "Approved" or "Running";
}
