using System.Text.Json;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>A draft as the alerts service answers it.</summary>
public sealed record DraftAnswer
{
    public required string Id { get; init; }

    /// <summary><c>Pending</c>, <c>Approved</c>, <c>Rejected</c> or <c>Withdrawn</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>Actual</c>, <c>Exercise</c> or <c>Test</c>.</summary>
    public required string CapStatus { get; init; }

    /// <summary>The message in force that it would replace, or null.</summary>
    public string? Updates { get; init; }

    public required int Level { get; init; }

    public required string Hazard { get; init; }

    public required double ExpiresAfterSeconds { get; init; }

    public string? DeviceId { get; init; }

    public string? RuleId { get; init; }

    public string? Explanation { get; init; }

    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public bool WithoutSecondPerson { get; init; }

    /// <summary>Whether an exercise also sounds the town's sirens and changes its signs.</summary>
    public bool Sirens { get; init; }

    public string? AlertId { get; init; }

    public bool IsPending => Status == "Pending";

    public bool IsActual => CapStatus == "Actual";

    /// <summary>When the alert would have ended, had it been published at once. Nothing happens by itself then.</summary>
    public DateTimeOffset SensibleUntil => CreatedAt.AddSeconds(ExpiresAfterSeconds);

    /// <summary>Kind and level of what an approval would send; those of the draft itself where that is not known.</summary>
    public string ShownWith(DraftReachAnswer? reach) => reach is null ? $"Alert:{Level}" : $"{reach.MsgType ?? "none"}:{reach.Level}";

    /// <summary>As an alert, for what draws and words alerts.</summary>
    /// <param name="municipality">The town's code.</param>
    /// <param name="reach">Has the area and the words, where an approval would send something.</param>
    public AlertView ToAlert(string municipality, DraftReachAnswer? reach) => new()
    {
        Id = Id,
        AlertId = Id,
        Municipality = municipality,
        Status = CapStatus,
        MsgType = reach?.MsgType ?? "Alert",
        Level = reach?.Level ?? Level,
        Hazard = Hazard,
        Sent = CreatedAt,
        Expires = SensibleUntil,
        Explanation = Explanation,
        DeviceId = DeviceId,
        Info = reach is { Info.Count: > 0 } ? reach.Info : Info,
        Area = reach?.Area,
    };
}

/// <summary>Whom an approval would reach if it came now.</summary>
/// <param name="MsgType">Null: an approval would send nothing.</param>
/// <param name="Area">GeoJSON; null for the whole town.</param>
public sealed record DraftReachAnswer(
    DateTimeOffset AsOf, string? MsgType, int? Level, JsonElement? Area, IReadOnlyList<AlertInfoView> Info, int Recipients, IReadOnlyList<ChannelCount> Channels,
    int OpenPages, int Districts, int DistrictsTold);

public sealed record ChannelCount(string Channel, int Recipients);

/// <summary>The words of a draft before it is written, in every language that the service has.</summary>
public sealed record DraftPreviewAnswer(IReadOnlyList<AlertInfoView> Info, DraftReachAnswer Reach);

/// <summary>A bulletin of the Japan Meteorological Agency that waits.</summary>
public sealed record BulletinAnswer(string Id, string Kind, string Title, string HeadTitle, string Status, string Office, DateTimeOffset ReportedAt, string Explanation);

/// <summary>What publishing or ignoring a bulletin, or changing an alert, answers: a draft's or an alert's id.</summary>
public sealed record IdAnswer(string? Id);
