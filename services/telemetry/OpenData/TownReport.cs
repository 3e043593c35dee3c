using Orleans;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.OpenData;

/// <summary>A device with what is known of it now.</summary>
internal sealed record ReportedDevice(Device Device, DeviceView View, bool IsSilent, IReadOnlyList<string> Raised)
{
    /// <summary>The time of its newest value.</summary>
    public DateTimeOffset? Updated => View.Latest.Count == 0 ? null : View.Latest.Values.Max(reading => reading.T);
}

/// <summary>Reads a town's devices with their newest values, some at a time, so that a large town fits into memory.</summary>
internal sealed class TownReport(TelemetryDb database, TelemetryStores stores, IGrainFactory grains)
{
    private const int DevicesAtOnce = 500;

    /// <param name="devices">Of the town, in the order in which they are wanted.</param>
    public async IAsyncEnumerable<ReportedDevice> ReadAsync(
        Town town, IEnumerable<Device> devices, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var standing = await grains.GetGrain<IFleetGrain>(town.Code).GetStandingAsync();
        var silent = standing.Silent.ToHashSet(StringComparer.Ordinal);
        var raised = standing.Raised.ToLookup(one => one.Subject, one => one.RuleId, StringComparer.Ordinal);
        foreach (var some in devices.Chunk(DevicesAtOnce))
        {
            var views = await DeviceHandlers.ViewsOf(town, some, database, stores, cancellationToken);
            for (var index = 0; index < some.Length; index++)
            {
                var device = some[index];
                yield return new ReportedDevice(device, views[index], silent.Contains(device.Id), [.. raised[device.Id].Order(StringComparer.Ordinal)]);
            }
        }
    }
}
