using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SmartCity.Alerts.Shelters.Status;

internal sealed class ShelterReportTable : IEntityTypeConfiguration<ShelterReport>
{
    public void Configure(EntityTypeBuilder<ShelterReport> builder) => builder.ToTable("shelter_report").HasKey(row => row.Id);
}
