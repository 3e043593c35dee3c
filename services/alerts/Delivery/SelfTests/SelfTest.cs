using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.SelfTests;

/// <summary>A proof that channels work: a message of status Test to the town's own test recipients, by the way that alerts go.</summary>
public sealed class SelfTest : ITownOwned
{
    /// <summary>For the one of a month <c>{municipality}-{yyyy-MM}</c>, so that of two replicas one makes it.</summary>
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Token subject of the officer, or null for the one of the month.</summary>
    public string? StartedBy { get; init; }

    public required string MessageId { get; init; }

    /// <summary>What has not arrived by then has failed.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Whether what did not deliver is in the log.</summary>
    public required bool IsReported { get; set; }
}

internal sealed class SelfTestTable : IEntityTypeConfiguration<SelfTest>
{
    public void Configure(EntityTypeBuilder<SelfTest> builder) => builder.ToTable("self_test").HasKey(row => row.Id);
}
