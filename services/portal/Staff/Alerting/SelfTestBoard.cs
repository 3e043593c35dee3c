namespace SmartCity.Portal.Staff.Alerting;

/// <summary>Proofs that channels work, and who they go to.</summary>
public sealed record SelfTestBoard
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SelfTestAnswer> Tests { get; init; }

    public required IReadOnlyList<RecipientAnswer> Recipients { get; init; }

    public Refused? Refused { get; init; }

    /// <summary>Ids as typed, where they were refused.</summary>
    public string? Typed { get; init; }

    public required bool LooksOften { get; init; }
}
