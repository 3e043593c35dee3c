using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.Devices;

/// <summary>A page of a town's devices, for residents and for staff.</summary>
/// <param name="Path">Of the list, for its links.</param>
/// <param name="Fleet">Counts over all devices; null where they are not shown.</param>
public sealed record DeviceListView(Town Town, string Path, DeviceFilter Filter, Answer<FoundDevices> Devices, Answer<FleetView>? Fleet = null);
