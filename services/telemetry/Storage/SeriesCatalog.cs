using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

namespace SmartCity.Telemetry.Storage;

/// <summary>Numbers of the series. A number is remembered only after the transaction that made it was committed.</summary>
internal sealed class SeriesCatalog
{
    private readonly ConcurrentDictionary<(string Municipality, string Device, string Metric), long> _known = new();

    public bool TryGet(string municipality, string device, string metric, out long id) => _known.TryGetValue((municipality, device, metric), out id);

    public void Remember(IReadOnlyDictionary<(string, string, string), long> committed)
    {
        foreach (var (key, id) in committed)
        {
            _known.TryAdd(key, id);
        }
    }

    /// <summary>Finds or makes the series inside the caller's transaction.</summary>
    public static async Task<long> ResolveAsync(
        DbCommand command, string municipality, string device, string metric, CancellationToken cancellationToken)
    {
        // The no-op update makes RETURNING answer for a row that was there before, on both databases.
        command.CommandText = """
            INSERT INTO series (municipality, device, metric) VALUES (@municipality, @device, @metric)
            ON CONFLICT (municipality, device, metric) DO UPDATE SET metric = excluded.metric
            RETURNING id
            """;
        command.Bind("@municipality", municipality);
        command.Bind("@device", device);
        command.Bind("@metric", metric);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
