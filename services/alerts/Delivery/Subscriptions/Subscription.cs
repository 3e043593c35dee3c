using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Somebody who wants to be told: known by a random id and by addresses, by nothing else.</summary>
public sealed class Subscription : ITownOwned
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    /// <summary>SHA-256 of the secret that was shown once; null until a mailbox has been confirmed.</summary>
    public string? SecretHash { get; set; }

    public required IReadOnlyList<string> Languages { get; set; }

    public required int MinimumLevel { get; set; }

    /// <summary>Hazard keys with commas around each (<c>,flood,landslide,</c>), so that SQL can look for one; null for all.</summary>
    public string? Hazards { get; set; }

    public string? District { get; set; }

    public required bool Drills { get; set; }

    /// <summary>Whether the town's self-tests go here.</summary>
    public bool IsTestRecipient { get; set; }

    /// <summary>Wishes that wait for the mailbox to be confirmed anew.</summary>
    public Wishes? Pending { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<SubscriptionAddress> Addresses { get; } = [];

    /// <summary>
    /// Whether it is the mailbox's own: of no other address, and of nobody who has not shown to read that mailbox. What
    /// somebody asks for a mailbox alone belongs to this one.
    /// </summary>
    public bool IsOfMailboxAlone => Addresses is [var only] && (only.ConfirmedAt is not null || SecretHash is null);

    public Wishes GetWishes() => new(Languages, MinimumLevel, Hazards?.Trim(',').Split(','), District, Drills);

    public void Apply(Wishes wishes)
    {
        Languages = wishes.Languages;
        MinimumLevel = wishes.MinimumLevel;
        Hazards = wishes.HazardColumn;
        District = wishes.District;
        Drills = wishes.Drills;
        Pending = null;
    }
}

/// <summary>What somebody wants to be told of.</summary>
/// <param name="Languages">BCP 47, the first one first.</param>
/// <param name="MinimumLevel">Japanese alert level 1 to 5; where an alert has none, its severity counts.</param>
/// <param name="Hazards">Hazard keys, or null for all.</param>
/// <param name="District">One of the town's districts, or null for the whole town.</param>
/// <param name="Drills">Whether exercises and tests are wanted too.</param>
public sealed record Wishes(IReadOnlyList<string> Languages, int MinimumLevel, IReadOnlyList<string>? Hazards, string? District, bool Drills)
{
    internal string? HazardColumn => Hazards is null ? null : $",{string.Join(',', Hazards)},";
}

internal sealed class SubscriptionTable : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.ToTable("subscription").HasKey(row => row.Id);
        builder.Ignore(row => row.IsOfMailboxAlone);
        builder.Property(row => row.Languages).HasJsonConversion();
        builder.Property(row => row.Pending).HasJsonConversion();
        builder.HasMany(row => row.Addresses).WithOne().HasForeignKey(row => row.SubscriptionId);
    }
}
