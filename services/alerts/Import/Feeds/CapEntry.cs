using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>An entry of a feed, for the whole installation: what became of it is there for every town that the feed is for.</summary>
public sealed class CapEntry
{
    public required string Feed { get; init; }

    public required string Id { get; init; }

    /// <summary>An entry that says it was updated is another one.</summary>
    public required DateTimeOffset Updated { get; init; }

    public required string Title { get; init; }

    /// <summary>Empty where it leads nowhere.</summary>
    public required string Address { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required CapEntryState State { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset NextTry { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>What became of it, in words.</summary>
    public required string Explanation { get; set; }
}

/// <summary>How far an entry is.</summary>
public enum CapEntryState
{
    /// <summary>To be fetched.</summary>
    Pending,

    /// <summary>Given to every town of its feed.</summary>
    Done,

    /// <summary>Refused or given up; the explanation says why.</summary>
    Failed,
}

/// <summary>What a feed said about itself, and how the last look at it went.</summary>
public sealed class CapFeedState
{
    public required string Address { get; init; }

    public string? ETag { get; set; }

    public string? LastModified { get; set; }

    /// <summary>When it could be read last.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Looks in a row that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Not looked at before.</summary>
    public DateTimeOffset? NextTry { get; set; }

    /// <summary>Why the last look failed, or null.</summary>
    public string? Fault { get; set; }
}

internal sealed class CapFeedTables : IEntityTypeConfiguration<CapEntry>, IEntityTypeConfiguration<CapFeedState>
{
    public void Configure(EntityTypeBuilder<CapEntry> builder)
    {
        builder.ToTable("cap_entry").HasKey(row => new { row.Feed, row.Id, row.Updated });
        builder.Property(row => row.State).HasConversion<string>();
    }

    public void Configure(EntityTypeBuilder<CapFeedState> builder) => builder.ToTable("cap_feed").HasKey(row => row.Address);
}
