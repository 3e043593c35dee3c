using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>The answer to who hands in a bulletin: what it says, and what became of it.</summary>
public sealed record BulletinAnswer
{
    /// <summary>The message that residents got, or the bulletin's own name where they got none.</summary>
    public required string Id { get; init; }

    /// <summary>Names the bulletin in <c>GET jma</c>.</summary>
    public required string BulletinId { get; init; }

    /// <summary>CAP status: <c>Actual</c>, <c>Exercise</c> or <c>Test</c>.</summary>
    public required string Status { get; init; }

    /// <summary>CAP msgType: <c>Alert</c>, <c>Update</c> or <c>Cancel</c>.</summary>
    public required string MsgType { get; init; }

    public required BulletinOutcome Outcome { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Explanation { get; init; }

    public required bool ConcernsTown { get; init; }

    /// <summary>The same bulletin had come before: nothing was added.</summary>
    public required bool IsRepeated { get; init; }

    /// <summary>The alert that it began, changed or ended.</summary>
    public string? AlertId { get; init; }

    public required string Kind { get; init; }

    public required string Hazard { get; init; }

    /// <summary>Japanese alert level that it states for the town, or null.</summary>
    public int? Level { get; init; }

    public required DateTimeOffset Sent { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>One block per language, as residents read it.</summary>
    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    public required IReadOnlyList<Notice> Notices { get; init; }

    internal static BulletinAnswer Of(BulletinRow row, TownBulletin bulletin, string msgType, IReadOnlyList<AlertInfoView> info, IReadOnlyList<Notice> notices, bool isRepeated) => new()
    {
        Id = row.MessageId ?? row.Id,
        BulletinId = row.Id,
        Status = JmaCapMapper.StatusOf(row.Status).ToString(),
        MsgType = msgType,
        Outcome = row.Outcome,
        Explanation = row.Explanation,
        ConcernsTown = row.Concerns,
        IsRepeated = isRepeated,
        AlertId = row.AlertId,
        Kind = row.Kind,
        Hazard = bulletin.Hazard,
        Level = bulletin.Level,
        Sent = row.SentAt,
        Expires = row.Expires,
        Info = info,
        Notices = notices,
    };
}

/// <summary>A bulletin in the list for officers.</summary>
public sealed record BulletinView
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    /// <summary><c>Control/Title</c>.</summary>
    public required string Title { get; init; }

    /// <summary><c>Head/Title</c>.</summary>
    public required string HeadTitle { get; init; }

    public required string EventId { get; init; }

    public required string Serial { get; init; }

    public required JmaInfoType InfoType { get; init; }

    /// <summary>CAP status: <c>Actual</c>, <c>Exercise</c> or <c>Test</c>.</summary>
    public required string Status { get; init; }

    public required string Office { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string ReceivedFrom { get; init; }

    public required BulletinOutcome Outcome { get; init; }

    public required string Explanation { get; init; }

    public string? AlertId { get; init; }

    public string? MessageId { get; init; }

    public string? DecidedBy { get; init; }

    internal static BulletinView Of(BulletinRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Title = row.Title,
        HeadTitle = row.HeadTitle,
        EventId = row.EventId,
        Serial = row.Serial,
        InfoType = row.InfoType,
        Status = JmaCapMapper.StatusOf(row.Status).ToString(),
        Office = row.Office,
        ReportedAt = row.ReportedAt,
        ReceivedAt = row.ReceivedAt,
        ReceivedFrom = row.ReceivedFrom,
        Outcome = row.Outcome,
        Explanation = row.Explanation,
        AlertId = row.AlertId,
        MessageId = row.MessageId,
        DecidedBy = row.DecidedBy,
    };
}
