using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Telemetry.Storage;

/// <summary>The telemetry database as queries see it; readings, and the hot path, go through <see cref="TimeSeries.ITelemetryStore"/>.</summary>
internal sealed class TelemetryDb(DbContextOptions<TelemetryDb> options, TownScope scope) : CityDbContext(options, scope)
{
    public DbSet<Series> Series => Set<Series>();

    public DbSet<DeviceState> DeviceStates => Set<DeviceState>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Series>().ToTable("series").HasKey(row => row.Id);
        modelBuilder.Entity<DeviceState>().ToTable("device_state").HasKey(row => new { row.Municipality, row.Device });
        base.OnModelCreating(modelBuilder);
    }
}
