using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Import;

internal sealed class ForeignMessageTable : IEntityTypeConfiguration<ForeignMessage>
{
    public void Configure(EntityTypeBuilder<ForeignMessage> builder)
    {
        builder.ToTable("foreign_message").HasKey(row => new { row.Municipality, row.Sender, row.Identifier, row.Sent });
        builder.Property(row => row.Outcome).HasConversion<string>();
        builder.Property(row => row.Notices).HasJsonConversion();
    }
}

internal sealed class ForeignReferenceTable : IEntityTypeConfiguration<ForeignReference>
{
    public void Configure(EntityTypeBuilder<ForeignReference> builder)
        => builder.ToTable("foreign_reference").HasKey(row => new { row.Municipality, row.Sender, row.Identifier, row.Sent, row.ById });
}
