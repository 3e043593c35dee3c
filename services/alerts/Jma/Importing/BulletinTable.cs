using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SmartCity.Alerts.Jma.Importing;

internal sealed class BulletinTable : IEntityTypeConfiguration<BulletinRow>
{
    public void Configure(EntityTypeBuilder<BulletinRow> builder)
    {
        builder.ToTable("jma_bulletin").HasKey(row => new { row.Municipality, row.Id });
        builder.Property(row => row.InfoType).HasConversion<string>();
        builder.Property(row => row.Status).HasConversion<string>();
        builder.Property(row => row.Outcome).HasConversion<string>();
        builder.Ignore(row => row.Order);
    }
}
