using Microsoft.AspNetCore.Components;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Staff.Drills;

/// <summary>How far a drill is, in words and in colour.</summary>
internal static class DrillWords
{
    public static string ClassOf(DrillView drill) => drill.State switch
    {
        "Running" => "status-full",
        "Planned" or "Approved" => "status-unknown",
        "Ended" => "status-open",
        _ => "status-closed",
    };

    public static MarkupString When(Visit visit, DrillView drill) => drill switch
    {
        { EndedAt: { } ended, StartedAt: { } started } => visit.Html("drills.when.over", ("from", visit.ShortTime(started)), ("to", visit.ShortTime(ended))),
        { State: "Running", StartedAt: { } started } => visit.Html("drills.when.running", ("time", visit.ShortTime(started))),
        { State: "Planned" or "Approved", StartsAt: { } starts } => visit.Html("drills.when.at", ("time", visit.ShortTime(starts))),
        { State: "Planned" } => visit.Html("drills.when.approved"),
        _ => default,
    };
}
