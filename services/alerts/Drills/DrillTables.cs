using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Drills;

internal sealed class DrillTables : IEntityTypeConfiguration<Drill>, IEntityTypeConfiguration<DrillStep>
{
    public void Configure(EntityTypeBuilder<Drill> builder)
    {
        builder.ToTable("drill").HasKey(row => row.Id);
        builder.Property(row => row.State).HasConversion<string>();
        builder.Property(row => row.Area).HasJsonConversion();
        builder.HasMany(row => row.Steps).WithOne().HasForeignKey(step => step.DrillId);
        builder.Ignore(row => row.LastsSeconds);
    }

    public void Configure(EntityTypeBuilder<DrillStep> builder)
    {
        builder.ToTable("drill_step").HasKey(row => new { row.DrillId, row.Number });
        builder.Property(row => row.State).HasConversion<string>();
        builder.Property(row => row.Info).HasJsonConversion();
    }
}
