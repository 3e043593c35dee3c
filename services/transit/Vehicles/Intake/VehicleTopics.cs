using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>Which topics the vehicles of all towns with transit publish to.</summary>
internal static class VehicleTopics
{
    public static HashSet<string> Of(ITownDirectory towns) => towns.Towns
        .Where(static town => town.Offers(AppIds.Transit))
        .SelectMany(static town => town.Devices
            .Where(static device => device.Kind == VehicleMqttOptions.VehicleKind)
            .Select(device => new MqttTopic(town.Code, device.Id, MqttTopic.Telemetry).ToString()))
        .ToHashSet(StringComparer.Ordinal);
}
