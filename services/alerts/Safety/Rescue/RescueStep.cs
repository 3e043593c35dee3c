using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Safety.Rescue;

/// <summary>What an officer did about a call for help. Rows never change, and go with their report.</summary>
public sealed class RescueStep : ITownOwned
{
    public long Id { get; init; }

    public required string Municipality { get; init; }

    public required string ReportId { get; init; }

    /// <summary>One of <see cref="RescueStatus"/>.</summary>
    public required string Rescue { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Token subject.</summary>
    public required string TakenBy { get; init; }
}

internal sealed class RescueStepTable : IEntityTypeConfiguration<RescueStep>
{
    public void Configure(EntityTypeBuilder<RescueStep> builder) => builder.ToTable("rescue_step").HasKey(row => row.Id);
}
