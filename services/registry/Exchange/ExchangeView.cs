using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Registry.Exchange;

/// <summary>A record as staff see it.</summary>
/// <param name="Id">Its sequence.</param>
/// <param name="Hash">By which it is found in an export.</param>
public sealed record ExchangeView(string Id, DateTimeOffset RecordedAt, string Hash, ExchangeRecorded Event)
{
    internal static ExchangeView Of(ExchangeRow row)
        => new(row.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), row.RecordedAt, row.Hash, EventOf(row));

    internal static ExchangeRecorded EventOf(ExchangeRow row)
        => ExchangeLines.Read<ExchangeRecord>(row.Body)?.Event ?? throw new InvalidOperationException($"Exchange record {row.Sequence} can't be read; verify the log.");
}

/// <summary>A record as the person sees whose data it was.</summary>
/// <param name="Id">Its sequence.</param>
/// <param name="Sentence">In plain words of the language asked for.</param>
public sealed record MyExchangeView(
    string Id, DateTimeOffset At, string Sentence, string Service, string Operation, string Purpose, string ActorRole, string ActorMunicipality, bool IsOnBehalf, string Result);

/// <summary>A key that sealed the log.</summary>
public sealed record ExchangeKeyView(string Id, string Algorithm, string PublicKeyPem, DateTimeOffset? FirstUsedAt);
