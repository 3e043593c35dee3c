using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Telemetry.Streaming;

/// <summary>What a client wants to see of a town; empty lists take everything.</summary>
internal sealed class LiveFilter(ITownDirectory towns, string municipality, string[] devices, string[] kinds, string[] metrics)
{
    public bool Takes(in LiveReading reading)
        => (metrics.Length == 0 || metrics.Contains(reading.Metric, StringComparer.Ordinal))
            && (devices.Length == 0 || devices.Contains(reading.Device, StringComparer.Ordinal))
            && (kinds.Length == 0 || (KindOf(reading.Device) is { } device && kinds.Contains(device.Kind, StringComparer.Ordinal)));

    // Asked each time: the town's devices change while a stream is open.
    private Device? KindOf(string device) => towns.TryGetDevice(municipality, device, out var found) ? found : null;
}
