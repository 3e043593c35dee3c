using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Safety.Opening;

/// <summary>A time in which an officer lets residents report, with or without an alert.</summary>
public sealed class SafetyCheck : ITownOwned
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    /// <summary>A drill: nobody is in danger, and pages say so first.</summary>
    public required bool IsExercise { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Token subject.</summary>
    public required string OpenedBy { get; init; }

    public required DateTimeOffset ClosesAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    /// <summary>When it ended or will end.</summary>
    public DateTimeOffset End => ClosedAt ?? ClosesAt;
}

internal sealed class SafetyCheckTable : IEntityTypeConfiguration<SafetyCheck>
{
    public void Configure(EntityTypeBuilder<SafetyCheck> builder)
    {
        builder.ToTable("safety_check").HasKey(row => row.Id);
        builder.Ignore(row => row.End);
    }
}
