using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Commands;
using SmartCity.Telemetry.NgsiLd.Subscriptions;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Storage;

/// <summary>The telemetry database as queries see it; readings, and the hot path, go through <see cref="TimeSeries.ITelemetryStore"/>.</summary>
internal sealed class TelemetryDb(DbContextOptions<TelemetryDb> options, TownScope scope) : CityDbContext(options, scope)
{
    public DbSet<Series> Series => Set<Series>();

    public DbSet<DeviceState> DeviceStates => Set<DeviceState>();

    public DbSet<TwinRow> Twins => Set<TwinRow>();

    public DbSet<TwinChange> TwinChanges => Set<TwinChange>();

    public DbSet<CommandRow> Commands => Set<CommandRow>();

    public DbSet<CommandEvent> CommandEvents => Set<CommandEvent>();

    public DbSet<NgsiSubscription> Subscriptions => Set<NgsiSubscription>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Series>().ToTable("series").HasKey(row => row.Id);
        modelBuilder.Entity<DeviceState>().ToTable("device_state").HasKey(row => new { row.Municipality, row.Device });
        modelBuilder.Entity<TwinRow>().ToTable("device_twin").HasKey(row => new { row.Municipality, row.Device });
        modelBuilder.Entity<TwinChange>().ToTable("twin_change").HasKey(row => row.Id);
        var command = modelBuilder.Entity<CommandRow>().ToTable("device_command");
        command.HasKey(row => row.Id);
        command.Property(row => row.Status).HasConversion<string>();
        command.Property(row => row.SecondPerson).HasConversion<long>();
        var happened = modelBuilder.Entity<CommandEvent>().ToTable("command_event");
        happened.HasKey(row => row.Id);
        happened.Property(row => row.What).HasConversion<string>();
        happened.Property(row => row.Actor).HasConversion<string>();
        modelBuilder.Entity<NgsiSubscription>().ToTable("ngsi_subscription").HasKey(row => new { row.Municipality, row.Id });
        base.OnModelCreating(modelBuilder);
    }
}
