using SmartCity.Alerts.Cap;

namespace SmartCity.Alerts.Issuing;

/// <summary>How the Japanese alert levels map to CAP's urgency, severity, certainty and response.</summary>
/// <param name="Urgency">How soon to act.</param>
/// <param name="Severity">How bad it gets.</param>
/// <param name="Certainty">Level 5 means that the disaster has happened or is about to; below that it is expected.</param>
/// <param name="ResponseType">What people do.</param>
public sealed record CapLevel(CapUrgency Urgency, CapSeverity Severity, CapCertainty Certainty, CapResponseType ResponseType)
{
    public static readonly CapLevel AllClear = new(CapUrgency.Past, CapSeverity.Minor, CapCertainty.Observed, CapResponseType.AllClear);

    public static CapLevel Of(int level) => level switch
    {
        5 => new(CapUrgency.Immediate, CapSeverity.Extreme, CapCertainty.Observed, CapResponseType.Shelter),
        4 => new(CapUrgency.Immediate, CapSeverity.Severe, CapCertainty.Likely, CapResponseType.Evacuate),
        3 => new(CapUrgency.Expected, CapSeverity.Moderate, CapCertainty.Likely, CapResponseType.Prepare),
        2 => new(CapUrgency.Expected, CapSeverity.Minor, CapCertainty.Possible, CapResponseType.Monitor),
        1 => new(CapUrgency.Future, CapSeverity.Minor, CapCertainty.Possible, CapResponseType.Monitor),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Alert levels are 1 to 5."),
    };
}
