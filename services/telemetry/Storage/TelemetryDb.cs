using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.NgsiLd.Subscriptions;

namespace SmartCity.Telemetry.Storage;

/// <summary>The telemetry database as queries see it; readings, and the hot path, go through <see cref="TimeSeries.ITelemetryStore"/>.</summary>
internal sealed class TelemetryDb(DbContextOptions<TelemetryDb> options, TownScope scope) : CityDbContext(options, scope)
{
    public DbSet<Series> Series => Set<Series>();

    public DbSet<DeviceState> DeviceStates => Set<DeviceState>();

    public DbSet<NgsiSubscription> Subscriptions => Set<NgsiSubscription>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Series>().ToTable("series").HasKey(row => row.Id);
        modelBuilder.Entity<DeviceState>().ToTable("device_state").HasKey(row => new { row.Municipality, row.Device });
        modelBuilder.Entity<NgsiSubscription>().ToTable("ngsi_subscription").HasKey(row => new { row.Municipality, row.Id });
        base.OnModelCreating(modelBuilder);
    }
}
