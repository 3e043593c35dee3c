using System.Text;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Finds any altered, missing, reordered or forged record or seal of an exported exchange log.</summary>
public static class ExchangeLogVerifier
{
    /// <param name="log">NDJSON, as <c>GET /api/registry/exchange-log/export</c> gives it.</param>
    /// <param name="publicKeysPem">The keys that are believed: kept from earlier, not fetched with the log they are to prove.</param>
    public static async Task<ExchangeLogReport> VerifyAsync(Stream log, IEnumerable<string> publicKeysPem, CancellationToken cancellationToken = default)
    {
        using var keys = new ExchangeKeyRing(publicKeysPem);
        using var reader = new StreamReader(log, Encoding.UTF8, leaveOpen: true);
        var check = new ExchangeLogCheck(keys);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            check.Take(line);
        }

        return check.Finish();
    }
}
