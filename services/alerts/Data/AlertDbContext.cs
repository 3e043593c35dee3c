using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Shelters;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Data;

/// <summary>The service's one database.</summary>
public sealed class AlertDbContext(DbContextOptions<AlertDbContext> options, TownScope scope) : CityDbContext(options, scope)
{
    /// <summary>Any number that is the same for all replicas and differs from the schema upgrade's.</summary>
    private const long WriterLock = 0x616c_6572_7473;

    /// <summary>Whether what is being written will be taken back: nothing outside the database may tell of it.</summary>
    public bool IsRehearsal { get; set; }

    public DbSet<RuleState> RuleStates => Set<RuleState>();

    public DbSet<AlertChain> Chains => Set<AlertChain>();

    public DbSet<AlertMessage> Messages => Set<AlertMessage>();

    public DbSet<StreamEvent> StreamEvents => Set<StreamEvent>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Shelter> Shelters => Set<Shelter>();

    /// <summary>
    /// A transaction in which this service is the only writer. Two deciders can't both see "no alert yet", and
    /// stream sequences become visible in the order of their numbers, so that readers by number miss nothing.
    /// SQLite has one writer anyway (<c>BEGIN IMMEDIATE</c>); PostgreSQL releases the lock after the commit is visible.
    /// </summary>
    public async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken);
        if (Database.IsNpgsql())
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({WriterLock})", cancellationToken);
        }

        return transaction;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var rule = modelBuilder.Entity<RuleState>().ToTable("rule_state");
        rule.HasKey(row => new { row.Municipality, row.DeviceId, row.RuleId });
        rule.Property(row => row.Standing).HasConversion<string>();
        Json(rule.Property(row => row.Transition));

        modelBuilder.Entity<AlertChain>().ToTable("alert_chain").HasKey(row => row.AlertId);
        modelBuilder.Entity<AlertMessage>().ToTable("alert_message").HasKey(row => row.Id);
        modelBuilder.Entity<StreamEvent>().ToTable("stream_event").HasKey(row => row.Sequence);

        var draft = modelBuilder.Entity<Draft>().ToTable("draft");
        draft.HasKey(row => row.Id);
        draft.Property(row => row.Status).HasConversion<string>();
        Json(draft.Property(row => row.Info));

        var shelter = modelBuilder.Entity<Shelter>().ToTable("shelter");
        shelter.HasKey(row => new { row.Municipality, row.Id });
        Json(shelter.Property(row => row.Name));
        Json(shelter.Property(row => row.Hazards));
        base.OnModelCreating(modelBuilder);
    }

    /// <summary>A value that the database only keeps: JSON text, compared as such.</summary>
    private static void Json<T>(PropertyBuilder<T> property)
        where T : class
        => property.HasConversion(
            value => JsonSerializer.Serialize(value, CityJson.Options),
            text => JsonSerializer.Deserialize<T>(text, CityJson.Options)!,
            new ValueComparer<T>(
                (left, right) => JsonSerializer.Serialize(left, CityJson.Options) == JsonSerializer.Serialize(right, CityJson.Options),
                value => JsonSerializer.Serialize(value, CityJson.Options).GetHashCode(StringComparison.Ordinal),
                value => value));
}
