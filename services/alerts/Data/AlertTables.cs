using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SmartCity.Alerts.Data;

/// <summary>The tables of chains, their messages and what the streams send. Each other folder says where its own rows are.</summary>
internal sealed class AlertTables : IEntityTypeConfiguration<AlertChain>, IEntityTypeConfiguration<AlertMessage>, IEntityTypeConfiguration<StreamEvent>
{
    public void Configure(EntityTypeBuilder<AlertChain> builder) => builder.ToTable("alert_chain").HasKey(row => row.AlertId);

    public void Configure(EntityTypeBuilder<AlertMessage> builder) => builder.ToTable("alert_message").HasKey(row => row.Id);

    public void Configure(EntityTypeBuilder<StreamEvent> builder) => builder.ToTable("stream_event").HasKey(row => row.Sequence);
}
