using SmartCity.Contracts.Towns;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.Devices;

/// <summary>Gathers a page of devices from telemetry.</summary>
public sealed class DeviceLists(CityBackend backend)
{
    /// <summary>What a phone on a slow line loads at once.</summary>
    private const int PageSize = 50;

    public async Task<DeviceListView> OfResidentsAsync(Town town, DeviceFilter filter, CancellationToken cancellationToken)
        => new(town, $"/{town.Code}/devices", filter, await FindAsync(town, filter, worstFirst: false, cancellationToken));

    /// <summary>Silence and wrong clocks first, with the counts of the town.</summary>
    public async Task<DeviceListView> OfStaffAsync(Town town, DeviceFilter filter, CancellationToken cancellationToken)
    {
        var fleet = backend.FleetAsync(town, cancellationToken);
        var devices = await FindAsync(town, filter, worstFirst: true, cancellationToken);
        return new DeviceListView(town, $"/{town.Code}/staff/devices", filter, devices, await fleet);
    }

    private Task<Answer<Contracts.Views.FoundDevices>> FindAsync(Town town, DeviceFilter filter, bool worstFirst, CancellationToken cancellationToken)
        => backend.FindDevicesAsync(
            town,
            new DeviceQuestion { Search = filter.Search, Kind = filter.Kind, Health = filter.Health, After = filter.After, WorstFirst = worstFirst, Limit = PageSize },
            cancellationToken);
}
