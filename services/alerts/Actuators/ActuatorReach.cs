using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Actuators;

/// <summary>Whether an alert's area reaches a device. In doubt it does.</summary>
internal static class ActuatorReach
{
    public static bool Touches(Device device, JsonElement? area)
        => device is not { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude }
            || GeoJsonRings.Outer(area) is not { Count: > 0 } rings
            || rings.Any(ring => Contains(ring, latitude, longitude));

    // How often a ray to the east crosses the ring: odd is inside.
    private static bool Contains(IReadOnlyList<CapPoint> ring, double latitude, double longitude)
        => ring.Zip(ring.Skip(1)).Count(edge =>
            edge.First.LatitudeDegrees > latitude != edge.Second.LatitudeDegrees > latitude
            && longitude < edge.First.LongitudeDegrees
                + ((latitude - edge.First.LatitudeDegrees) / (edge.Second.LatitudeDegrees - edge.First.LatitudeDegrees) * (edge.Second.LongitudeDegrees - edge.First.LongitudeDegrees))) % 2 == 1;
}
