using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Shelters;

internal sealed class ShelterTable : IEntityTypeConfiguration<Shelter>
{
    public void Configure(EntityTypeBuilder<Shelter> builder)
    {
        builder.ToTable("shelter").HasKey(row => new { row.Municipality, row.Id });
        builder.Property(row => row.Name).HasJsonConversion();
        builder.Property(row => row.Hazards).HasJsonConversion();
        builder.Property(row => row.Accessibility).HasJsonConversion();
    }
}
