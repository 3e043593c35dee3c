using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Safety.Reports;

internal sealed class SafetyReportTable : IEntityTypeConfiguration<SafetyReport>
{
    public void Configure(EntityTypeBuilder<SafetyReport> builder)
    {
        builder.ToTable("safety_report").HasKey(row => row.Id);
        builder.Property(row => row.Needs).HasJsonConversion();
    }
}
