using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Safety;

/// <summary>All that the page of the safety check shows at one time.</summary>
public sealed record SafetyView
{
    public required Town Town { get; init; }

    /// <summary>Null when the alerts service did not answer: then nobody is kept from trying.</summary>
    public required SafetyState? State { get; init; }

    public SafetyForm Form { get; init; } = SafetyForm.New();

    /// <summary>Why the report was not received, as a key of the language files.</summary>
    public string? Fault { get; init; }

    public SafetyReceipt? Receipt { get; init; }

    /// <summary>A report that was changed just now.</summary>
    public OwnReportView? Changed { get; init; }

    public bool IsErased { get; init; }

    public FamilyAnswer? Family { get; init; }

    /// <summary>Why nobody was looked for.</summary>
    public string? FamilyFault { get; init; }

    /// <summary>Why the code opened nothing.</summary>
    public string? CodeFault { get; init; }

    public bool MayReport => State?.IsOpen != false || Form.IsChange;

    public bool IsExercise => Receipt?.IsExercise ?? Changed?.IsExercise ?? State?.IsExercise ?? false;

    /// <summary>After a report only what became of it counts.</summary>
    public bool IsDone => Receipt is not null || Changed is not null || IsErased;
}
