using SmartCity.Alerts.Reports.Findings;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Reports;

/// <summary>What happened between a danger and the people it concerned. Times are of Japan; what is null is not known.</summary>
public sealed record AfterActionReport
{
    /// <summary>The chain's or the drill's id, or <c>span</c>.</summary>
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required LocalizedText Town { get; init; }

    /// <summary><c>alert</c>, <c>drill</c> or <c>span</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether all of it was a drill or a test: nobody was in danger.</summary>
    public required bool IsExercise { get; init; }

    /// <summary>When it was counted.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>When it was over; null while it is not.</summary>
    public DateTimeOffset? To { get; init; }

    public DrillSummary? Drill { get; init; }

    /// <summary>The whole in sentences, the most important first.</summary>
    public IReadOnlyList<Finding> Summary { get; init; } = [];

    /// <summary>What to improve, by plain rules over the numbers.</summary>
    public IReadOnlyList<Finding> Improvements { get; init; } = [];

    public required IReadOnlyList<MessageReport> Messages { get; init; }

    /// <summary>More messages than a report tells of were issued; these are the first.</summary>
    public bool IsCutOff { get; init; }

    public required PeopleReport People { get; init; }

    /// <summary>Each channel over all messages.</summary>
    public required IReadOnlyList<ChannelReport> Channels { get; init; }

    public required SafetyReportNumbers Safety { get; init; }

    public required IReadOnlyList<ShelterOpening> Shelters { get; init; }

    /// <summary>Of a report that was kept: what came of deliveries since.</summary>
    public LaterDeliveries? Later { get; init; }
}

/// <param name="State"><c>Ended</c>, <c>Stopped</c> and so on.</param>
/// <param name="EndedWhy"><c>script</c>, <c>officer</c>, <c>actual-alert</c>; null while it runs.</param>
/// <param name="DrillSubscriptions">Subscriptions of the town that want drills.</param>
/// <param name="AllSubscriptions">All of them.</param>
public sealed record DrillSummary(
    string Name, string State, string PlannedBy, DateTimeOffset PlannedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    string? EndedWhy, string? EndedBy, IReadOnlyList<SkippedStep> SkippedSteps, int DrillSubscriptions, int AllSubscriptions, bool Sirens);

/// <param name="Level">The alert level that was not announced; null for the cancel.</param>
/// <param name="Why"><c>too-late</c>, <c>drill-over</c> or <c>nothing-to-cancel</c>.</param>
public sealed record SkippedStep(int Number, int? Level, string Why, double? LateSeconds);

/// <param name="Source"><c>reading</c>, <c>bulletin</c>, <c>cap</c>, <c>drill</c> or <c>person</c>: what made the message.</param>
/// <param name="DetectedAt">The reading's own time, the bulletin's report time, or the time that the other authority sent it.</param>
/// <param name="ReachedAt">When this service learned of it.</param>
/// <param name="DraftedAt">When it began to wait for a person; null where it did not.</param>
/// <param name="ApprovalWaitSeconds">How long it waited for that person.</param>
/// <param name="OpenPages">Pages connected to the issuing node at that moment.</param>
public sealed record MessageReport(
    string Id, string AlertId, string Status, string MsgType, int? Level, string Hazard, LocalizedText Headline, string Source, DateTimeOffset? DetectedAt, DateTimeOffset? ReachedAt,
    DateTimeOffset? DraftedAt, string? DraftedBy, DateTimeOffset? ApprovedAt, string? ApprovedBy, double? ApprovalWaitSeconds, DateTimeOffset IssuedAt, DateTimeOffset? PlannedAt,
    int? OpenPages, IReadOnlyList<ChannelReport> Channels);

/// <param name="Planned">Deliveries that were to be made.</param>
/// <param name="Sent">Taken over by a push service or a mail server; whether they arrived is not known.</param>
/// <param name="Confirmed">Taken by the receiver itself.</param>
/// <param name="UnderWay">Wait for a try, or for its outcome.</param>
/// <param name="Failed">Not reached, for good.</param>
/// <param name="Superseded">A newer message took its place before it was sent.</param>
/// <param name="Withdrawn">The subscription ended first.</param>
/// <param name="Times">Of those sent or confirmed, from the issue of the message.</param>
/// <param name="LastAt">When the last one was sent or confirmed.</param>
/// <param name="FailedWhy">Reasons of those that failed.</param>
public sealed record ChannelReport(
    string Channel, int Planned, int Sent, int Confirmed, int UnderWay, int Failed, int Superseded, int Withdrawn, DeliveryTimes? Times, DateTimeOffset? LastAt,
    IReadOnlyList<ReasonCount> FailedWhy)
{
    /// <summary>Whether its receivers are sirens or signs, and not people.</summary>
    public bool IsDevices { get; init; }
}

public sealed record ReasonCount(string Why, int Count);

/// <param name="Recipients">Subscriptions that at least one message was for; sirens and signs are none.</param>
/// <param name="Reached">Of these, those that at least one was sent to.</param>
/// <param name="Missed">Those that no message was sent to, and none is tried any more: it failed, or a newer one took its place each time.</param>
/// <param name="UnderWay">Those that nothing was sent to yet and something still is tried for.</param>
/// <param name="NotReached">Deliveries that were tried in vain, at most 500, addresses masked.</param>
public sealed record PeopleReport(int Recipients, int Reached, int Missed, int UnderWay, DeliveryTimes? Times, IReadOnlyList<MissedDelivery> NotReached);

/// <param name="Address">Masked; null once the subscription has ended.</param>
/// <param name="GotAnother">Whether another message of this report was sent to the same subscription.</param>
public sealed record MissedDelivery(string MessageId, int? Level, string Channel, string? Address, string? Why, DateTimeOffset? At, bool GotAnother);

/// <param name="IsKnown">False: the reports were deleted by now, as they must be, and no count was kept.</param>
/// <param name="FirstCallAt">When help was first asked for.</param>
/// <param name="MedianDoneMinutes">From a call for help until it was done: half of those that are done took no longer.</param>
public sealed record SafetyReportNumbers(
    bool IsKnown, int Reports, int PeopleSafe, int PeopleNeedHelp, int CallsWaiting, int CallsOnTheWay, int CallsDone, DateTimeOffset? FirstCallAt, double? MedianDoneMinutes);

/// <param name="MostPeople">The highest head count; null where nobody counted.</param>
/// <param name="Status">The last one in that time.</param>
public sealed record ShelterOpening(string Id, LocalizedText Name, DateTimeOffset? OpenedAt, int? MostPeople, string Status);

/// <summary>Deliveries that were settled after the report was made. Its own numbers do not change.</summary>
public sealed record LaterDeliveries(DateTimeOffset AsOf, int Delivered, int Failed);
