using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One item of <c>spec.metadata</c>.</summary>
/// <param name="Value">The value in plain text, or null.</param>
/// <param name="SecretName">The secret that holds the value, or null.</param>
/// <param name="SecretKey">The key within the secret.</param>
/// <param name="EnvironmentVariable">The variable that holds the value, or null.</param>
internal sealed record ComponentItem(string? Value, string? SecretName, string? SecretKey, string? EnvironmentVariable);

/// <summary>A component as its file says.</summary>
internal sealed record ComponentResource(
    ResourceDocument Document, string Type, string Version, IReadOnlyDictionary<string, ComponentItem> Items, string? SecretStore);

/// <summary>Reads resources of kind Component (dapr/dapr, charts/dapr/crds/components.yaml).</summary>
internal static class ComponentReader
{
    public static ComponentResource? Read(ResourceDocument document, ILogger logger)
    {
        var root = document.Root;
        var secretStore = root.Fields("auth")?.Text("secretStore", isRequired: true);
        var fields = root.Fields("spec", isRequired: true);
        root.RefuseOthers();
        if (fields is not { } spec)
        {
            return null;
        }

        var type = spec.Text("type", isRequired: true);
        var version = spec.Text("version", isRequired: true);
        if (spec.Has("initTimeout") || spec.Boolean("ignoreErrors"))
        {
            Log.ResourceFieldIgnored(logger, document.Place, "spec.initTimeout and spec.ignoreErrors");
        }

        var items = Items(spec);
        spec.RefuseOthers();
        return type is null || version is null ? null : new ComponentResource(document, type, version, items, secretStore);
    }

    private static Dictionary<string, ComponentItem> Items(YamlFields spec)
    {
        // Names are case-insensitive, as components-contrib reads them.
        var items = new Dictionary<string, ComponentItem>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in spec.List("metadata"))
        {
            var name = item.Text("name", isRequired: true);
            var secret = item.Fields("secretKeyRef");
            var secretName = secret?.Text("name", isRequired: true);
            var read = new ComponentItem(item.Text("value"), secretName, secret?.Text("key") ?? secretName, item.Text("envRef"));
            item.RefuseOthers();
            if (name is not null && !items.TryAdd(name, read))
            {
                item.Fault("name", $"'{name}' is there twice");
            }
        }

        return items;
    }
}
