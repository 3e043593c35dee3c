using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Exchange;

/// <summary>A link of the chain, as it was written; the other columns are for finding it.</summary>
public sealed class ExchangeRow : ITownOwned
{
    public required long Sequence { get; set; }

    public required string EventId { get; set; }

    /// <summary>The town whose resident's data it was.</summary>
    public required string Municipality { get; set; }

    /// <summary>The town of who read or wrote it.</summary>
    public required string ActorMunicipality { get; set; }

    public required string? Subject { get; set; }

    public required DateTimeOffset RecordedAt { get; set; }

    /// <summary>The bytes that are hashed.</summary>
    public required string Body { get; set; }

    public required string Hash { get; set; }
}

/// <summary>The signed end of a day.</summary>
public sealed class SealRow
{
    public required long Number { get; set; }

    public required long LastSequence { get; set; }

    public required string Body { get; set; }

    public required string Hash { get; set; }

    public required string Signature { get; set; }
}

/// <summary>A public key that sealed.</summary>
public sealed class ExchangeKeyRow
{
    public required string Id { get; set; }

    public required string PublicKeyPem { get; set; }

    public required DateTimeOffset FirstUsedAt { get; set; }
}

internal static class ExchangeModel
{
    public static void AddExchange(this ModelBuilder model)
    {
        var record = model.Entity<ExchangeRow>().ToTable("exchange_record");
        record.HasKey(row => row.Sequence);
        record.Property(row => row.Sequence).ValueGeneratedNever();
        var seal = model.Entity<SealRow>().ToTable("exchange_seal");
        seal.HasKey(row => row.Number);
        seal.Property(row => row.Number).ValueGeneratedNever();
        model.Entity<ExchangeKeyRow>().ToTable("exchange_key").HasKey(row => row.Id);
    }
}
