using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Feeds.Store;
using SmartCity.Transit.Live;

namespace SmartCity.Transit.Data;

/// <summary>The service's one database.</summary>
public sealed class TransitDbContext(DbContextOptions<TransitDbContext> options, TownScope scope) : CityDbContext(options, scope)
{
    public DbSet<FeedVersion> FeedVersions => Set<FeedVersion>();

    public DbSet<FeedContent> FeedContents => Set<FeedContent>();

    public DbSet<ManifestFeed> ManifestFeeds => Set<ManifestFeed>();

    public DbSet<LearnedTimes> LearnedTimes => Set<LearnedTimes>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TransitDbContext).Assembly);
        base.OnModelCreating(modelBuilder);
    }
}
