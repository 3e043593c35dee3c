using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Grants;

/// <summary>A grant as it is kept; revoked ones stay.</summary>
public sealed class GrantRow : ITownOwned
{
    public required string Id { get; set; }

    public required string Municipality { get; set; }

    public required string Subject { get; set; }

    public required string Actor { get; set; }

    public required GrantKind Kind { get; set; }

    public required IReadOnlyList<string> Scopes { get; set; }

    public required string Purpose { get; set; }

    public required string Evidence { get; set; }

    public required string CreatedBy { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public string? ConfirmedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    internal bool IsKnownTo(string person, bool isStaff) => isStaff || Subject == person || Actor == person;

    internal GrantState StateAt(DateTimeOffset now)
        => RevokedAt is not null ? GrantState.Ended
            : ExpiresAt <= now ? GrantState.Expired
            : ConfirmedAt is null ? GrantState.Unconfirmed
            : GrantState.InForce;

    internal GrantView ToView(DateTimeOffset now) => new()
    {
        Id = Id,
        Municipality = Municipality,
        Subject = Subject,
        Actor = Actor,
        Kind = Kind,
        Scopes = Scopes,
        Purpose = Purpose,
        Evidence = Evidence,
        CreatedBy = CreatedBy,
        CreatedAt = JapanTime.From(CreatedAt),
        State = StateAt(now),
        ConfirmedAt = ConfirmedAt is { } confirmed ? JapanTime.From(confirmed) : null,
        ConfirmedBy = ConfirmedBy,
        ExpiresAt = JapanTime.From(ExpiresAt),
        RevokedAt = RevokedAt,
        RevokedBy = RevokedBy,
    };
}

internal static class GrantModel
{
    public static void AddGrants(this ModelBuilder model)
    {
        var grant = model.Entity<GrantRow>().ToTable("person_grant");
        grant.HasKey(row => row.Id);
        grant.Property(row => row.Kind).HasConversion<string>();
        grant.Property(row => row.Scopes).HasJsonConversion();
    }
}
