using System.Text.Json.Nodes;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>The published JSON Schema of <c>municipality.yaml</c>.</summary>
public static class MunicipalitySchema
{
    /// <summary>The schema as it is served, for editors.</summary>
    public static string Text { get; } = Read();

    internal static JsonObject Node { get; } = (JsonObject)JsonNode.Parse(Text)!;

    private static string Read()
    {
        using var reader = new StreamReader(typeof(MunicipalitySchema).Assembly.GetManifestResourceStream("municipality.schema.json")!);
        return reader.ReadToEnd();
    }
}
