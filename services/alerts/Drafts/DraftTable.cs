using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Drafts;

internal sealed class DraftTable : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("draft").HasKey(row => row.Id);
        builder.Property(row => row.Status).HasConversion<string>();
        builder.Property(row => row.CapStatus).HasConversion<string>();
        builder.Property(row => row.Area).HasJsonConversion();
        builder.Property(row => row.Info).HasJsonConversion();
    }
}
