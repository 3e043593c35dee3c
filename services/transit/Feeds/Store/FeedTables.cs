using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Transit.Feeds.Store;

internal sealed class FeedTables : IEntityTypeConfiguration<FeedVersion>, IEntityTypeConfiguration<FeedContent>, IEntityTypeConfiguration<ManifestFeed>
{
    public void Configure(EntityTypeBuilder<FeedVersion> builder)
    {
        builder.ToTable("feed_version").HasKey(row => new { row.Municipality, row.Version });
        builder.Property(row => row.Origin).HasConversion<string>();
        builder.Property(row => row.Summary).HasJsonConversion();
        builder.Property(row => row.Notices).HasJsonConversion();
    }

    public void Configure(EntityTypeBuilder<FeedContent> builder) => builder.ToTable("feed_content").HasKey(row => new { row.Municipality, row.Version });

    public void Configure(EntityTypeBuilder<ManifestFeed> builder) => builder.ToTable("manifest_feed").HasKey(row => new { row.Municipality, row.Feed });
}
