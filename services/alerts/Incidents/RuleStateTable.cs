using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Incidents;

internal sealed class RuleStateTable : IEntityTypeConfiguration<RuleState>
{
    public void Configure(EntityTypeBuilder<RuleState> builder)
    {
        builder.ToTable("rule_state").HasKey(row => new { row.Municipality, row.DeviceId, row.RuleId });
        builder.Property(row => row.Standing).HasConversion<string>();
        builder.Property(row => row.Transition).HasJsonConversion();
    }
}
