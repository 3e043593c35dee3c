using SmartCity.Contracts.Towns;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.LiveMap;

/// <summary>Gathers the live map.</summary>
public sealed class LiveMapViews(CityBackend backend)
{
    /// <summary>More would weigh too much on a slow line; whoever looks closer sees the others.</summary>
    private const int MostDevices = 60;

    public async Task<LiveMapView> GatherAsync(Town town, MapWindow window, CancellationToken cancellationToken)
    {
        var box = window.BoxIn(LiveMapDrawing.Whole(town));
        var question = new DeviceQuestion { Within = box, WorstFirst = true, Limit = MostDevices };
        var alerts = backend.ActiveAlertsAsync(town, cancellationToken);
        var raised = backend.FindDevicesAsync(town, question with { Health = "raised" }, cancellationToken);
        var all = await backend.FindDevicesAsync(town, question, cancellationToken);
        var devices = ((await raised).Value?.Items ?? []).Concat(all.Value?.Items ?? []).DistinctBy(device => device.Id, StringComparer.Ordinal).Take(MostDevices).ToList();
        return new LiveMapView(
            town, window, box, all.Outcome, devices, Math.Max(all.Value?.Total ?? 0, devices.Count),
            town.Devices.Count(device => device.LatitudeDegrees is null || device.LongitudeDegrees is null),
            LiveMapDrawing.Draw(town, box, devices, (await alerts).Value?.Items ?? []));
    }
}
