using System.Text;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Finds any altered, missing, reordered or forged record or seal of an exported exchange log.</summary>
public static class ExchangeLogVerifier
{
    /// <summary>After how many records <c>progress</c> is told.</summary>
    public const int ProgressEvery = 10_000;

    /// <param name="log">NDJSON, as <c>GET /api/registry/exchange-log/export</c> gives it; read line by line, never held whole.</param>
    /// <param name="publicKeysPem">The keys that are believed: kept from earlier, not fetched with the log they are to prove.</param>
    /// <param name="isWhole">Whether it must begin with record 1; not so for an export of later days.</param>
    /// <param name="earlier">The head of an export that was kept: whatever was in it must still be here, also at the end.</param>
    /// <param name="progress">Told how many records were read.</param>
    /// <exception cref="ArgumentException">A key is none.</exception>
    public static async Task<ExchangeLogReport> VerifyAsync(
        Stream log, IEnumerable<string> publicKeysPem, bool isWhole = false, ExchangeHead? earlier = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var keys = new ExchangeKeyRing(publicKeysPem);
        using var reader = new StreamReader(log, Encoding.UTF8, leaveOpen: true);
        var check = new ExchangeLogCheck(keys, isWhole, earlier);
        var told = 0L;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            check.Take(line);
            if (check.Records - told >= ProgressEvery)
            {
                progress?.Report(told = check.Records);
            }
        }

        return check.Finish();
    }

    /// <summary>The signed head at the end of an export that was kept.</summary>
    /// <returns>Null where it has none, or none that is signed by a key that is believed.</returns>
    public static async Task<ExchangeHead?> HeadOfAsync(Stream log, IEnumerable<string> publicKeysPem, CancellationToken cancellationToken = default)
    {
        using var keys = new ExchangeKeyRing(publicKeysPem);
        using var reader = new StreamReader(log, Encoding.UTF8, leaveOpen: true);
        var last = "";
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            last = line;
        }

        return ExchangeLines.TrySplit(last, out var kind, out var body, out var signature) && kind == ExchangeLines.HeadKind
            && ExchangeLines.Read<ExchangeHead>(body) is { } head && keys.Verify(head.KeyId, body, signature) ? head : null;
    }
}
