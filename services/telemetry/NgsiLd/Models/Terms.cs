using System.Text.Json.Nodes;

namespace SmartCity.Telemetry.NgsiLd.Models;

/// <summary>
/// Short names and the URIs they stand for, and the @context that says so. It holds what an answer uses of the core context
/// (ETSI GS CIM 009 annex B) too, so that it works where nothing else can be fetched.
/// </summary>
internal static class Terms
{
    private const string Core = "https://uri.etsi.org/ngsi-ld/";
    private static readonly Dictionary<string, string> Uris = Collect();
    private static readonly Dictionary<string, string> Names = Uris.ToDictionary(term => term.Value, term => term.Key, StringComparer.Ordinal);

    /// <summary>The @context document.</summary>
    public static readonly JsonObject Document = new() { ["@context"] = Context() };

    /// <summary>What a short name stands for.</summary>
    public static string Expand(string name) => Uris.TryGetValue(name, out var uri) ? uri : SmartDataModels.OwnBase + name;

    /// <summary>The short name of a name in a request, which may be given as a URI: of our @context, or of the default one.</summary>
    public static string Compact(string name)
        => Names.TryGetValue(name, out var known) ? known
        : name.StartsWith(SmartDataModels.OwnBase, StringComparison.Ordinal) ? name[SmartDataModels.OwnBase.Length..] : name;

    private static Dictionary<string, string> Collect()
    {
        var uris = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["location"] = Core + "location",
            ["name"] = SmartDataModels.CommonBase + "name",
            ["refDevice"] = SmartDataModels.CommonBase + "refDevice",
            ["dateObserved"] = SmartDataModels.CommonBase + "dateObserved",
            ["observationDateTime"] = SmartDataModels.CommonBase + "observationDateTime",
            [SmartDataModels.Device] = SmartDataModels.DeviceBase + SmartDataModels.Device,
            ["category"] = SmartDataModels.DeviceBase + "category",
            ["controlledProperty"] = SmartDataModels.DeviceBase + "controlledProperty",
            ["dateLastValueReported"] = SmartDataModels.DeviceBase + "dateLastValueReported",
        };
        foreach (var model in SmartDataModels.All)
        {
            uris[model.Type] = model.Base + model.Type;
            foreach (var name in model.Metrics.Select(metric => metric.Attribute).Concat(model.Others))
            {
                // The same attribute of two models, such as temperature, keeps the URI of the first.
                uris.TryAdd(name, model.Base + name);
            }
        }

        return uris;
    }

    private static JsonObject Context()
    {
        static JsonObject Typed(string id, string type) => new() { ["@id"] = id, ["@type"] = type };
        var context = new JsonObject
        {
            ["@version"] = 1.1,
            ["@vocab"] = SmartDataModels.OwnBase,
            ["ngsi-ld"] = Core,
            ["geojson"] = "https://purl.org/geojson/vocab#",
            ["id"] = "@id",
            ["type"] = "@type",
            ["Property"] = "ngsi-ld:Property",
            ["GeoProperty"] = "ngsi-ld:GeoProperty",
            ["Relationship"] = "ngsi-ld:Relationship",
            ["Subscription"] = "ngsi-ld:Subscription",
            ["Notification"] = "ngsi-ld:Notification",
            ["Point"] = "geojson:Point",
            ["coordinates"] = new JsonObject { ["@container"] = "@list", ["@id"] = "geojson:coordinates" },
            ["value"] = "ngsi-ld:hasValue",
            ["values"] = new JsonObject { ["@id"] = "ngsi-ld:hasValues", ["@container"] = "@list" },
            ["object"] = Typed("ngsi-ld:hasObject", "@id"),
            ["observedAt"] = Typed("ngsi-ld:observedAt", "ngsi-ld:DateTime"),
            ["createdAt"] = Typed("ngsi-ld:createdAt", "ngsi-ld:DateTime"),
            ["modifiedAt"] = Typed("ngsi-ld:modifiedAt", "ngsi-ld:DateTime"),
            ["notifiedAt"] = Typed("ngsi-ld:notifiedAt", "ngsi-ld:DateTime"),
            ["unitCode"] = "ngsi-ld:unitCode",
            ["subscriptionId"] = Typed("ngsi-ld:subscriptionId", "@id"),
            ["data"] = "ngsi-ld:data",
            ["DateTime"] = "ngsi-ld:DateTime",
        };
        foreach (var (name, uri) in Uris.OrderBy(term => term.Key, StringComparer.Ordinal))
        {
            context[name] = uri;
        }

        return context;
    }
}
