using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>One draft with what its approval would do.</summary>
public sealed record DraftBoard
{
    public required DraftAnswer Draft { get; init; }

    /// <summary>Null where it is not known now; the draft can be decided all the same.</summary>
    public required DraftReachAnswer? Reach { get; init; }

    /// <summary>The draft as the alert that it would be.</summary>
    public required AlertView Alert { get; init; }

    /// <summary>Kind and level of what an approval would send as far as the page shows it: an approval of anything else is refused.</summary>
    public string Shown => Draft.ShownWith(Reach);

    public required Town Town { get; init; }

    /// <summary>Null where there is nothing to draw.</summary>
    public required MapView? Map { get; init; }

    public required bool LooksOften { get; init; }
}
