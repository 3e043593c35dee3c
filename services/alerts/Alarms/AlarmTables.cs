using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Alarms;

internal sealed class AlarmTables : IEntityTypeConfiguration<Alarm>, IEntityTypeConfiguration<AlarmStep>, IEntityTypeConfiguration<AlarmClear>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.ToTable("alarm").HasKey(row => row.Number);
        builder.Property(row => row.Kind).HasConversion<string>();
        builder.Property(row => row.State).HasConversion<string>();
        builder.Property(row => row.DeviceName).HasJsonConversion();
    }

    public void Configure(EntityTypeBuilder<AlarmStep> builder)
    {
        builder.ToTable("alarm_step").HasKey(row => row.Id);
        builder.Property(row => row.What).HasConversion<string>();
    }

    public void Configure(EntityTypeBuilder<AlarmClear> builder)
    {
        builder.ToTable("alarm_clear").HasKey(row => new { row.Municipality, row.Kind, row.DeviceId, row.RuleId });
        builder.Property(row => row.Kind).HasConversion<string>();
    }
}
