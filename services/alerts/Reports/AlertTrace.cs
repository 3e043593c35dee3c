using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Reports;

/// <summary>When a reading that made a message or a draft was taken, and when this service was told. Rows never change.</summary>
public sealed class AlertTrace : ITownOwned
{
    /// <summary>Id of the message or draft.</summary>
    public required string SubjectId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>The reading's own time.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>When the event came in, before it waited for its turn at the database.</summary>
    public required DateTimeOffset ReachedAt { get; init; }

    /// <summary>Notes it for every message and draft that the caller's transaction is about to write.</summary>
    public static void Note(AlertDbContext database, string municipality, DateTimeOffset happenedAt, DateTimeOffset reachedAt)
    {
        var subjects = database.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Added)
            .Select(entry => entry.Entity switch { AlertMessage message => message.Id, Draft draft => draft.Id, _ => null })
            .OfType<string>().ToList();
        database.AddRange(subjects.Select(id => new AlertTrace { SubjectId = id, Municipality = municipality, HappenedAt = happenedAt, ReachedAt = reachedAt }));
    }
}

internal sealed class AlertTraceTable : IEntityTypeConfiguration<AlertTrace>
{
    public void Configure(EntityTypeBuilder<AlertTrace> builder) => builder.ToTable("alert_trace").HasKey(row => row.SubjectId);
}
