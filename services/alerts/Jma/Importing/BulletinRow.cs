using SmartCity.Alerts.Jma.Reading;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>One bulletin that a town was told of, and what became of it.</summary>
public sealed class BulletinRow : ITownOwned
{
    public required string Municipality { get; init; }

    /// <summary>The CAP identifier that it has as a message (<see cref="Mapping.JmaIdentity"/>).</summary>
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string HeadTitle { get; init; }

    public required string EventId { get; init; }

    public required string Serial { get; init; }

    public required JmaInfoType InfoType { get; init; }

    public required JmaStatus Status { get; init; }

    /// <summary>Editorial office.</summary>
    public required string Office { get; init; }

    /// <summary>What all bulletins about the same thing have in common.</summary>
    public required string Chain { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Token subject of who posted it, or <c>feed</c>.</summary>
    public required string ReceivedFrom { get; init; }

    public required bool Concerns { get; init; }

    public required BulletinOutcome Outcome { get; set; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Explanation { get; set; }

    /// <summary>The alert that it began, changed or ended.</summary>
    public string? AlertId { get; set; }

    /// <summary>The message that it became.</summary>
    public string? MessageId { get; set; }

    /// <summary>The XML while it waits for an officer.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Token subject of the officer who published or dropped it.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>What decides which of two bulletins about the same is the newer.</summary>
    public (DateTimeOffset ReportedAt, string Serial, JmaInfoType InfoType) Order => (ReportedAt, Serial, InfoType);
}

/// <summary>What became of a bulletin in a town.</summary>
public enum BulletinOutcome
{
    /// <summary>Residents were told.</summary>
    Published,

    /// <summary>It says nothing about the town.</summary>
    DoesNotConcern,

    /// <summary>It ends something that is not in force here, or is not known (yet): a bulletin that it takes back will not be published when it comes.</summary>
    NothingToEnd,

    /// <summary>A newer bulletin about the same was here first.</summary>
    Superseded,

    /// <summary>Another kind of bulletin has said the same, and more.</summary>
    SaidAlready,

    /// <summary>It was over when it came.</summary>
    Expired,

    /// <summary>The town's manifest says that such bulletins wait for an officer.</summary>
    Waiting,

    /// <summary>The town's manifest says that such bulletins are not published, or an officer said so.</summary>
    Ignored,

    /// <summary>Alerts are never made of its kind, or the kind is not known here.</summary>
    OnRecord,

    /// <summary>Its message was refused when it was to be stored.</summary>
    Refused,
}
