using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>An entry of one of the agency's feeds, for the whole installation.</summary>
public sealed class EntryRow
{
    /// <summary>The Atom id: the address of the bulletin, and unique.</summary>
    public required string Id { get; init; }

    public required string Feed { get; init; }

    public required string Title { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required EntryState State { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset NextTry { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>What became of it, in words.</summary>
    public required string Explanation { get; set; }
}

/// <summary>How far an entry is.</summary>
public enum EntryState
{
    /// <summary>To be fetched.</summary>
    Pending,

    /// <summary>Given to every town that it concerns.</summary>
    Done,

    /// <summary>No alerts are made of its kind: not fetched.</summary>
    NotWanted,

    /// <summary>Refused or given up; the explanation says why.</summary>
    Failed,
}

/// <summary>What a feed said about itself, and its subscription.</summary>
public sealed class FeedRow
{
    public required string Address { get; init; }

    public string? ETag { get; set; }

    public string? LastModified { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    public PushState PushState { get; set; }

    public DateTimeOffset? PushUntil { get; set; }

    public DateTimeOffset? PushAskedAt { get; set; }
}

/// <summary>How far the subscription of a feed at the hub is.</summary>
public enum PushState
{
    None,

    /// <summary>The hub was asked and has not verified yet.</summary>
    Asked,

    Agreed,

    Denied,
}

internal sealed class IntakeTables : IEntityTypeConfiguration<EntryRow>, IEntityTypeConfiguration<FeedRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> builder)
    {
        builder.ToTable("jma_entry").HasKey(row => row.Id);
        builder.Property(row => row.State).HasConversion<string>();
    }

    public void Configure(EntityTypeBuilder<FeedRow> builder)
    {
        builder.ToTable("jma_feed").HasKey(row => row.Address);
        builder.Property(row => row.PushState).HasConversion<string>();
    }
}
