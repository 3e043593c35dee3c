using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>A link of the chain. Its canonical bytes are its JSON as it was first written: they are stored, sent and hashed as they are.</summary>
/// <param name="Sequence">1, 2, 3, … without a gap.</param>
/// <param name="PreviousHash">Of the link before; <see cref="ExchangeLines.Genesis"/> before the first.</param>
/// <param name="RecordedAt">When the registry took it; never before the link before.</param>
/// <param name="Event">What happened.</param>
public sealed record ExchangeRecord(long Sequence, string PreviousHash, DateTimeOffset RecordedAt, ExchangeRecorded Event);

/// <summary>The end of a day (Japan time): whoever holds a seal notices when anything before it changes.</summary>
/// <param name="Number">1, 2, 3, … without a gap.</param>
/// <param name="Day">The day of the records' <see cref="ExchangeRecord.RecordedAt"/>.</param>
/// <param name="First">Sequence of its first record.</param>
/// <param name="Last">Sequence of its last record.</param>
/// <param name="LastHash">Hash of its last record.</param>
/// <param name="PreviousSealHash">SHA-256 of the seal before.</param>
public sealed record ExchangeSeal(
    long Number, DateOnly Day, long First, long Last, string LastHash, string PreviousSealHash, DateTimeOffset SealedAt, string KeyId);

/// <summary>The end of an export: signed, so that a file cut off is known from a whole one.</summary>
/// <param name="First">Sequence of the export's first record; 0 where it has none.</param>
/// <param name="Last">Sequence of the last.</param>
/// <param name="LastHash">Hash of the last.</param>
public sealed record ExchangeHead(long First, long Last, string LastHash, DateTimeOffset ExportedAt, string KeyId);

/// <summary>
/// The lines of an exported log (NDJSON): <c>{"record":…,"hash":"…"}</c>, <c>{"seal":…,"signature":"…"}</c> and at the
/// end <c>{"head":…,"signature":"…"}</c>. Hash: SHA-256 in lower-case hexadecimal over the UTF-8 bytes of the body as they
/// stand. Signature: ECDSA P-256 with SHA-256 (ES256, r‖s) over the same bytes, in Base64.
/// </summary>
public static class ExchangeLines
{
    public const string RecordKind = "record";
    public const string SealKind = "seal";
    public const string HeadKind = "head";

    /// <summary>The hash before the first.</summary>
    public static readonly string Genesis = new('0', 64);

    public static string HashOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    public static string Write<T>(T body) => JsonSerializer.Serialize(body, CityJson.Options);

    /// <param name="kind">One of the constants above.</param>
    /// <param name="body">As it is stored.</param>
    /// <param name="proof">Its hash or signature.</param>
    public static string Line(string kind, string body, string proof) => $"{Start(kind)}{body}{Middle(kind)}{proof}\"}}";

    /// <summary>Takes a line apart without touching the bytes of its body.</summary>
    public static bool TrySplit(string line, [NotNullWhen(true)] out string? kind, out string body, out string proof)
    {
        foreach (var candidate in (string[])[RecordKind, SealKind, HeadKind])
        {
            var (start, middle) = (Start(candidate), Middle(candidate));
            var at = line.LastIndexOf(middle, StringComparison.Ordinal);
            if (line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith("\"}", StringComparison.Ordinal)
                && at >= start.Length && at + middle.Length <= line.Length - 2)
            {
                (kind, body, proof) = (candidate, line[start.Length..at], line[(at + middle.Length)..^2]);
                return true;
            }
        }

        (kind, body, proof) = (null, "", "");
        return false;
    }

    /// <summary>The body as a value, or null where it is none.</summary>
    public static T? Read<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, CityJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Start(string kind) => $"{{\"{kind}\":";

    private static string Middle(string kind) => kind == RecordKind ? ",\"hash\":\"" : ",\"signature\":\"";
}
