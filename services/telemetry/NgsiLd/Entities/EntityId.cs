using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.NgsiLd.Entities;

/// <summary><c>urn:ngsi-ld:{Type}:{municipality}:{device}</c>.</summary>
internal static class EntityId
{
    private const string Prefix = "urn:ngsi-ld:";

    public static string Of(string type, string municipality, string device) => $"{Prefix}{type}:{municipality}:{device}";

    /// <summary>The device that an entity of the town stands for, and as which type; null for what is none.</summary>
    public static (string Type, Device Device)? Find(Town town, string id)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal) || id[Prefix.Length..].Split(':', 3) is not [var type, var code, var name] || code != town.Code)
        {
            return null;
        }

        return town.Devices.FirstOrDefault(device => device.Id == name) is { } device && EntityBuilder.TypesOf(device).Contains(type, StringComparer.Ordinal) ? (type, device) : null;
    }
}
