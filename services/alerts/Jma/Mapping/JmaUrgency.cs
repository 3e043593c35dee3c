using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Jma.Kinds;

namespace SmartCity.Alerts.Jma.Mapping;

/// <summary>CAP's urgency, severity, certainty and response for what JMA says. Where a bulletin states an alert level, that level's words hold.</summary>
public static class JmaUrgency
{
    /// <summary>A bulletin that is taken back was no danger that is over: it asks for nothing.</summary>
    private static readonly CapLevel TakenBack = new(CapUrgency.Past, CapSeverity.Minor, CapCertainty.Unlikely, CapResponseType.None);

    public static CapLevel Of(TownBulletin bulletin)
        => bulletin.Report.InfoType == Reading.JmaInfoType.Cancelled ? TakenBack
            : bulletin.Ends ? CapLevel.AllClear
            : bulletin.Level is { } level ? CapLevel.Of(level)
            : Of(bulletin.Worst);

    private static CapLevel Of(JmaSense sense)
    {
        var severity = SeverityOf(sense.Rank);
        return sense.Phenomenon switch
        {
            "eew-warning" => new(CapUrgency.Immediate, severity, CapCertainty.Likely, CapResponseType.Shelter),
            "eew-forecast" => new(CapUrgency.Immediate, CapSeverity.Moderate, CapCertainty.Possible, CapResponseType.Shelter),
            "shaking" => new(CapUrgency.Past, severity, CapCertainty.Observed, CapResponseType.Monitor),
            "tsunami" => new(sense.Rank >= JmaRank.Advisory ? CapUrgency.Immediate : CapUrgency.Future, severity,
                sense.Rank >= JmaRank.Advisory ? CapCertainty.Likely : CapCertainty.Possible, ResponseTo(sense.Rank, CapResponseType.Evacuate)),
            "eruption" => new(CapUrgency.Immediate, severity, CapCertainty.Observed, CapResponseType.Avoid),
            "volcano-warning" => new(CapUrgency.Immediate, severity, CapCertainty.Likely, CapResponseType.Evacuate),
            "volcano-crater" => new(CapUrgency.Expected, CapSeverity.Moderate, CapCertainty.Likely, CapResponseType.Avoid),
            _ => new(UrgencyOf(sense.Rank), severity, sense.Rank >= JmaRank.Warning ? CapCertainty.Likely : CapCertainty.Possible, ResponseTo(sense.Rank, CapResponseType.Shelter)),
        };
    }

    private static CapSeverity SeverityOf(JmaRank rank) => rank switch
    {
        JmaRank.Emergency => CapSeverity.Extreme,
        JmaRank.Danger or JmaRank.Warning => CapSeverity.Severe,
        JmaRank.Advisory => CapSeverity.Moderate,
        _ => CapSeverity.Minor,
    };

    private static CapUrgency UrgencyOf(JmaRank rank) => rank switch
    {
        JmaRank.Emergency or JmaRank.Danger => CapUrgency.Immediate,
        JmaRank.Warning or JmaRank.Advisory => CapUrgency.Expected,
        _ => CapUrgency.Future,
    };

    /// <param name="grave">What people do from a warning on.</param>
    private static CapResponseType ResponseTo(JmaRank rank, CapResponseType grave) => rank switch
    {
        JmaRank.Emergency or JmaRank.Danger or JmaRank.Warning => grave,
        JmaRank.Advisory => grave == CapResponseType.Evacuate ? CapResponseType.Avoid : CapResponseType.Prepare,
        _ => CapResponseType.Monitor,
    };
}
