using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Storage;

internal static class Holdings
{
    /// <summary>Readings by device.</summary>
    public static async Task<IReadOnlyList<Holding>> CountAsync(TelemetryStores stores, string municipality, CancellationToken cancellationToken)
        => [.. (await stores.OfTown(municipality).CountAsync(municipality, cancellationToken))
            .OrderBy(device => device.Key, StringComparer.Ordinal)
            .Select(device => new Holding(device.Key, device.Value, "readings"))];
}
