using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Manifests;
using YamlDotNet.Core;

namespace SmartCity.Registry.Devices;

/// <summary>Reads one device as JSON, by the same schema as a manifest's devices.</summary>
internal static class DeviceDocument
{
    private static readonly JsonObject Schema = DeviceSchema();

    /// <summary>The device, or every fault of its form.</summary>
    public static (Device? Device, IReadOnlyList<Notice> Notices) Read(string text)
    {
        ManifestTree tree;
        try
        {
            tree = ManifestTree.Parse(text);
        }
        catch (YamlException exception)
        {
            return (null, [new Notice("not-readable", NoticeSeverity.Error, $"This is no JSON: {exception.Message}") { Line = (int)exception.Start.Line, Column = (int)exception.Start.Column }]);
        }

        var notices = new SchemaCheck(Schema, tree).Run();
        return notices.Count > 0 ? (null, notices) : (tree.Root.Deserialize<Device>(CityJson.Options), []);
    }

    private static JsonObject DeviceSchema()
    {
        var whole = JsonNode.Parse(MunicipalitySchema.Text)!;
        var schema = (JsonObject)whole["properties"]!["devices"]!["items"]!.DeepClone();
        schema["$defs"] = whole["$defs"]!.DeepClone();
        return schema;
    }
}
