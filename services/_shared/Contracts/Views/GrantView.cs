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

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }
}

public enum GrantKind
{
    /// <summary>A family member or another person of trust.</summary>
    Family,

    /// <summary>A clerk at the counter, with the resident there.</summary>
    Counter,
}
