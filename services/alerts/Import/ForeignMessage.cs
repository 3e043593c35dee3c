using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Import;

/// <summary>One CAP message of another authority that was taken, whether people see it or not. Rows never change but for <see cref="AlertId"/>.</summary>
public sealed class ForeignMessage : ITownOwned
{
    public required string Municipality { get; init; }

    /// <summary>CAP sender.</summary>
    public required string Sender { get; init; }

    /// <summary>CAP identifier.</summary>
    public required string Identifier { get; init; }

    public required DateTimeOffset Sent { get; init; }

    /// <summary>Names it here.</summary>
    public required string Id { get; init; }

    /// <summary>The chain that it belongs to, or null while it has none.</summary>
    public string? AlertId { get; set; }

    public required string Status { get; init; }

    public required string MsgType { get; init; }

    public required string Scope { get; init; }

    public required ForeignOutcome Outcome { get; init; }

    public required string CapXml { get; init; }

    /// <summary>Of everything that it says: two documents with the same facts are the same message.</summary>
    public required string FactsHash { get; init; }

    public required IReadOnlyList<Notice> Notices { get; init; }

    public required string ImportedBy { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}

/// <summary>A message, maybe not here yet, that another one replaces or ends.</summary>
public sealed class ForeignReference : ITownOwned
{
    public required string Municipality { get; init; }

    public required string Sender { get; init; }

    public required string Identifier { get; init; }

    public required DateTimeOffset Sent { get; init; }

    /// <summary><see cref="ForeignMessage.Id"/> of the one that names it.</summary>
    public required string ById { get; init; }
}
