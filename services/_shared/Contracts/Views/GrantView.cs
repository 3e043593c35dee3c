namespace SmartCity.Contracts.Views;

/// <summary>One person lets another act for them.</summary>
public sealed record GrantView
{
    public required string Id { get; init; }

    /// <summary>The town in which it was recorded.</summary>
    public required string Municipality { get; init; }

    /// <summary>Pseudonymous id of the resident.</summary>
    public required string Subject { get; init; }

    /// <summary>Token subject of who acts for them.</summary>
    public required string Actor { get; init; }

    public required GrantKind Kind { get; init; }

    /// <summary>What the actor may do, such as <c>exchange-log.read</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required string Purpose { get; init; }

    /// <summary>How it was made sure that the resident wants it; never a number of a document.</summary>
    public required string Evidence { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public GrantState State { get; init; }

    /// <summary>When somebody other than who wrote it down agreed; null while it waits.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The resident, or a second member of staff; who created it where nobody has to confirm.</summary>
    public string? ConfirmedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }
}

public enum GrantState
{
    /// <summary>Waits for the resident or a second member of staff, and allows nothing yet.</summary>
    Unconfirmed,

    InForce,

    Expired,

    /// <summary>Revoked, or refused before it was confirmed.</summary>
    Ended,
}

public enum GrantKind
{
    /// <summary>A family member or another person of trust.</summary>
    Family,

    /// <summary>A clerk at the counter, with the resident there.</summary>
    Counter,
}
