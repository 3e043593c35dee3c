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
    /// <param name="progress">Told how many records were read.</param>
    /// <exception cref="ArgumentException">A key is none.</exception>
    public static async Task<ExchangeLogReport> VerifyAsync(
        Stream log, IEnumerable<string> publicKeysPem, bool isWhole = false, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var keys = new ExchangeKeyRing(publicKeysPem);
        using var reader = new StreamReader(log, Encoding.UTF8, leaveOpen: true);
        var check = new ExchangeLogCheck(keys, isWhole);
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
}
