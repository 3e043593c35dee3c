using System.Text.Json.Nodes;

namespace SmartCity.Telemetry.NgsiLd.Entities;

/// <summary>What a device is in NGSI-LD.</summary>
/// <param name="Device">Id of the device behind it.</param>
/// <param name="ModifiedAt">When the platform last stored something of it.</param>
internal sealed record Entity(string Id, string Type, string Device, IReadOnlyDictionary<string, EntityAttribute> Attributes, DateTimeOffset? ModifiedAt);

/// <summary>One attribute of an entity.</summary>
/// <param name="Kind">Property, GeoProperty or Relationship.</param>
/// <param name="Value">Of a relationship, the URI of its object.</param>
/// <param name="Metric">The series behind it, or null.</param>
internal sealed record EntityAttribute(string Kind, JsonNode Value, DateTimeOffset? ObservedAt = null, string? UnitCode = null, Models.ModelMetric? Metric = null)
{
    public const string Property = "Property";
    public const string GeoProperty = "GeoProperty";
    public const string Relationship = "Relationship";
}
