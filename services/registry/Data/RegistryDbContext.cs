using Microsoft.EntityFrameworkCore;
using SmartCity.Registry.Keys;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Data;

/// <summary>The service's one database.</summary>
public sealed class RegistryDbContext(DbContextOptions<RegistryDbContext> options, TownScope scope) : CityDbContext(options, scope)
{
    public DbSet<RegistryVersion> Versions => Set<RegistryVersion>();

    public DbSet<TownRow> Towns => Set<TownRow>();

    public DbSet<ChangeRequest> Changes => Set<ChangeRequest>();

    public DbSet<StoredFile> Files => Set<StoredFile>();

    public DbSet<DeviceKeyRow> DeviceKeys => Set<DeviceKeyRow>();

    /// <summary>The next version, inside a write transaction.</summary>
    public async Task<long> NextVersionAsync(CancellationToken cancellationToken)
    {
        var row = await Versions.SingleAsync(cancellationToken);
        return ++row.Value;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RegistryVersion>().ToTable("registry_version").HasKey(row => row.Id);

        var municipality = modelBuilder.Entity<TownRow>().ToTable("municipality");
        municipality.HasKey(row => row.Municipality);
        municipality.Property(row => row.Manifest).HasJsonConversion();

        var change = modelBuilder.Entity<ChangeRequest>().ToTable("change_request");
        change.HasKey(row => row.Id);
        change.Property(row => row.Kind).HasConversion<string>();
        change.Property(row => row.Status).HasConversion<string>();
        change.Property(row => row.Manifest).HasJsonConversion();
        change.Property(row => row.Plan).HasJsonConversion();

        modelBuilder.Entity<StoredFile>().ToTable("stored_file").HasKey(row => new { row.Municipality, row.Sha256 });
        modelBuilder.Entity<DeviceKeyRow>().ToTable("device_key").HasKey(row => new { row.Municipality, row.Device, row.KeyId });
        base.OnModelCreating(modelBuilder);
    }
}
