using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Shelters;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Data;

/// <summary>The service's one database.</summary>
public sealed class AlertDbContext(DbContextOptions<AlertDbContext> options, TownScope scope) : CityDbContext(options, scope)
{
    /// <summary>Whether what is being written will be taken back: nothing outside the database may tell of it.</summary>
    public bool IsRehearsal { get; set; }

    public DbSet<RuleState> RuleStates => Set<RuleState>();

    public DbSet<AlertChain> Chains => Set<AlertChain>();

    public DbSet<AlertMessage> Messages => Set<AlertMessage>();

    public DbSet<StreamEvent> StreamEvents => Set<StreamEvent>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Shelter> Shelters => Set<Shelter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var rule = modelBuilder.Entity<RuleState>().ToTable("rule_state");
        rule.HasKey(row => new { row.Municipality, row.DeviceId, row.RuleId });
        rule.Property(row => row.Standing).HasConversion<string>();
        rule.Property(row => row.Transition).HasJsonConversion();

        modelBuilder.Entity<AlertChain>().ToTable("alert_chain").HasKey(row => row.AlertId);
        modelBuilder.Entity<AlertMessage>().ToTable("alert_message").HasKey(row => row.Id);
        modelBuilder.Entity<StreamEvent>().ToTable("stream_event").HasKey(row => row.Sequence);

        var draft = modelBuilder.Entity<Draft>().ToTable("draft");
        draft.HasKey(row => row.Id);
        draft.Property(row => row.Status).HasConversion<string>();
        draft.Property(row => row.Info).HasJsonConversion();

        var shelter = modelBuilder.Entity<Shelter>().ToTable("shelter");
        shelter.HasKey(row => new { row.Municipality, row.Id });
        shelter.Property(row => row.Name).HasJsonConversion();
        shelter.Property(row => row.Hazards).HasJsonConversion();
        base.OnModelCreating(modelBuilder);
    }
}
