using SmartCity.Alerts.Cap;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Import;

/// <summary>What is answered to an import.</summary>
public sealed record ImportAnswer
{
    /// <summary>Names the message here: <c>GET {id}</c> and <c>GET {id}.cap.xml</c>, where people may see it.</summary>
    public required string Id { get; init; }

    /// <summary>The alert that it belongs to, or null where people see none.</summary>
    public string? AlertId { get; init; }

    /// <summary>CAP status.</summary>
    public required CapStatus Status { get; init; }

    /// <summary>CAP msgType.</summary>
    public required CapMsgType MsgType { get; init; }

    public required CapScope Scope { get; init; }

    /// <summary>What became of it.</summary>
    public required ForeignOutcome Outcome { get; init; }

    public required string Sender { get; init; }

    /// <summary>CAP identifier, as its sender gave it.</summary>
    public required string Identifier { get; init; }

    public required DateTimeOffset Sent { get; init; }

    /// <summary>Its words, one block per language.</summary>
    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    /// <summary>Warnings, and what happened to it here.</summary>
    public required IReadOnlyList<Notice> Notices { get; init; }

    internal static ImportAnswer Of(CapAlert alert, ForeignResult result, IReadOnlyList<AlertInfoView> info) => new()
    {
        Id = result.Id,
        AlertId = result.View?.AlertId,
        Status = alert.Status,
        MsgType = alert.MsgType,
        Scope = alert.Scope,
        Outcome = result.Outcome,
        Sender = alert.Sender,
        Identifier = alert.Identifier,
        Sent = alert.Sent,
        Info = info,
        Notices = result.Notices,
    };
}
