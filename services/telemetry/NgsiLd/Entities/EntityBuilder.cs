using System.Text.Json.Nodes;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Models;

namespace SmartCity.Telemetry.NgsiLd.Entities;

/// <summary>Makes entities of a device: what it observes, by its model, and the device itself.</summary>
internal static class EntityBuilder
{
    /// <summary>The types of the entities of a device, in the order of their ids.</summary>
    public static string[] TypesOf(Device device)
        => SmartDataModels.Of(device) is { } model ? [.. new[] { model.Type, SmartDataModels.Device }.Order(StringComparer.Ordinal)] : [SmartDataModels.Device];

    public static Entity Build(Town town, Device device, DeviceView view, string type)
    {
        var attributes = new Dictionary<string, EntityAttribute>(StringComparer.Ordinal);
        var model = SmartDataModels.Of(device);
        AddCommon(attributes, device);
        if (type == SmartDataModels.Device)
        {
            AddDevice(attributes, view, model);
        }

        if (model is null || type == model.Type)
        {
            AddMetrics(attributes, view, model);
        }

        if (model is not null && type == model.Type)
        {
            AddModel(attributes, town, device, view, model);
        }

        return new Entity(EntityId.Of(type, town.Code, device.Id), type, device.Id, attributes, view.LastSeen);
    }

    /// <summary>How a metric of a device appears: by the table, or under its own name.</summary>
    public static ModelMetric MetricOf(DataModel? model, string metric)
        => model?.Metrics.FirstOrDefault(one => one.Metric == metric) ?? new ModelMetric(metric, metric, UnitCodes.Of(metric));

    private static void AddCommon(Dictionary<string, EntityAttribute> attributes, Device device)
    {
        attributes["name"] = new EntityAttribute(EntityAttribute.Property, JsonValue.Create(device.Name.In("ja"))!);
        if (device is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude })
        {
            // Longitude first, as in GeoJSON (clause 4.7).
            attributes["location"] = new EntityAttribute(
                EntityAttribute.GeoProperty, new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(longitude, latitude) });
        }
    }

    private static void AddDevice(Dictionary<string, EntityAttribute> attributes, DeviceView view, DataModel? model)
    {
        attributes["category"] = new EntityAttribute(EntityAttribute.Property, new JsonArray("sensor"));
        if (view.Latest.Count == 0)
        {
            return;
        }

        var controlled = view.Latest.Keys.Order(StringComparer.Ordinal).Select(metric => JsonValue.Create(MetricOf(model, metric).Attribute)!).ToArray<JsonNode>();
        attributes["controlledProperty"] = new EntityAttribute(EntityAttribute.Property, new JsonArray(controlled));
        attributes["dateLastValueReported"] = Time(view.Latest.Values.Max(reading => reading.T));
    }

    private static void AddMetrics(Dictionary<string, EntityAttribute> attributes, DeviceView view, DataModel? model)
    {
        foreach (var (metric, reading) in view.Latest.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var mapped = MetricOf(model, metric);
            // A device must not change what it is by the name of a metric.
            attributes.TryAdd(mapped.Attribute, new EntityAttribute(EntityAttribute.Property, mapped.ValueOf(reading.Value), reading.T, mapped.UnitCode, mapped));
        }
    }

    private static void AddModel(Dictionary<string, EntityAttribute> attributes, Town town, Device device, DeviceView view, DataModel model)
    {
        attributes["refDevice"] = new EntityAttribute(EntityAttribute.Relationship, JsonValue.Create(EntityId.Of(SmartDataModels.Device, town.Code, device.Id))!);
        if (view.Latest.Count > 0)
        {
            attributes[model.DateAttribute] = Time(view.Latest.Values.Max(reading => reading.T));
        }

        if (model.LevelsOf is not { } attribute || model.Metrics.FirstOrDefault(metric => metric.Attribute == attribute) is not { } level)
        {
            return;
        }

        attributes["stationID"] = new EntityAttribute(EntityAttribute.Property, JsonValue.Create(device.Id)!);
        var bounds = town.Rules.OfType<ThresholdRule>().Where(rule => rule.DeviceKind == device.Kind && rule.Metric == level.Metric).Select(rule => rule.RaiseAt).Order().ToList();
        if (bounds.Count > 0)
        {
            attributes["alertLevel"] = new EntityAttribute(EntityAttribute.Property, level.ValueOf(bounds[0]), UnitCode: level.UnitCode);
        }

        if (bounds.Count > 1)
        {
            attributes["dangerLevel"] = new EntityAttribute(EntityAttribute.Property, level.ValueOf(bounds[^1]), UnitCode: level.UnitCode);
        }
    }

    // A time as a value is typed JSON-LD (clause 4.6.3).
    private static EntityAttribute Time(DateTimeOffset time) => new(
        EntityAttribute.Property, new JsonObject { ["@type"] = "DateTime", ["@value"] = NgsiTime.Text(time) });
}
