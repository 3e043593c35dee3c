using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>A row of <c>delivery_plan</c>, for reading.</summary>
internal sealed class PlanEntry : ITownOwned
{
    public long Sequence { get; init; }

    public required string Municipality { get; init; }

    public required string MessageId { get; init; }

    public required string AlertId { get; init; }

    public long? StreamSequence { get; init; }

    public required string MsgType { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required string Payload { get; init; }

    public required bool IsSelfTest { get; init; }

    public required string PlannedTo { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When the sirens and signs that it is for were written down.</summary>
    public DateTimeOffset? DevicesAt { get; init; }
}

/// <summary>A row of <c>delivery</c>, for reading.</summary>
internal sealed class LedgerEntry : ITownOwned
{
    public long Sequence { get; init; }

    public required string SubscriptionId { get; init; }

    public required string Municipality { get; init; }

    public required string Channel { get; init; }

    public required int Rank { get; init; }

    public required string State { get; init; }

    public required int Attempts { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public string? Lease { get; init; }

    public string? Why { get; init; }

    public required bool MaybeArrived { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}

internal sealed class PlanTable : IEntityTypeConfiguration<PlanEntry>
{
    public void Configure(EntityTypeBuilder<PlanEntry> builder) => builder.ToTable("delivery_plan").HasKey(row => row.Sequence);
}

internal sealed class LedgerTable : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder) => builder.ToTable("delivery").HasKey(row => new { row.Sequence, row.SubscriptionId });
}
