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
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AlertDbContext).Assembly);
        base.OnModelCreating(modelBuilder);
    }
}
