using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>One way to a subscriber.</summary>
public sealed class SubscriptionAddress : ITownOwned
{
    public required string SubscriptionId { get; init; }

    /// <summary>The address with the lowest rank is tried first.</summary>
    public required int Rank { get; init; }

    public required string Municipality { get; init; }

    /// <summary>Name of an <see cref="Channels.IDeliveryChannel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Keyed hash of the address: finds the same one again without reading any.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Encrypted.</summary>
    public required string Address { get; init; }

    /// <summary>What staff may see of it.</summary>
    public required string Masked { get; init; }

    /// <summary>Since when it may be used; null while its owner has not confirmed it.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>SHA-256 of the newest confirmation token that was sent.</summary>
    public string? ConfirmHash { get; set; }

    /// <summary>When a confirmation mail is due, or null.</summary>
    public DateTimeOffset? ConfirmAt { get; set; }

    public int ConfirmTries { get; set; }

    /// <summary>Until when it can be confirmed.</summary>
    public DateTimeOffset? ConfirmUntil { get; set; }
}

internal sealed class SubscriptionAddressTable : IEntityTypeConfiguration<SubscriptionAddress>
{
    public void Configure(EntityTypeBuilder<SubscriptionAddress> builder)
        => builder.ToTable("subscription_address").HasKey(row => new { row.SubscriptionId, row.Rank });
}
