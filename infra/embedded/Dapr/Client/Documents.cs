using System.Text.Json;

namespace Dapr.Client;

/// <summary>The answer to a bulk publish of which a part failed.</summary>
internal sealed record BulkFailures(List<BulkFailures.Failure>? FailedEntries)
{
    public sealed record Failure(string EntryId, string Error);

    /// <summary>The failed entries, or null when the text is not such an answer.</summary>
    public static List<Failure>? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<BulkFailures>(text, JsonSerializerOptions.Web)?.FailedEntries;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The JSON of <c>/v1.0/metadata</c>.</summary>
internal sealed record MetadataDocument(string? Id, Dictionary<string, string>? Extended, List<MetadataDocument.Component>? Components)
{
    public sealed record Component(string? Name, string? Type, string? Version, string[]? Capabilities);

    public static DaprMetadata Read(string text)
    {
        try
        {
            var document = JsonSerializer.Deserialize<MetadataDocument>(text, JsonSerializerOptions.Web);
            return new DaprMetadata(document?.Id ?? "", [], document?.Extended ?? [], [.. (document?.Components ?? [])
                .Select(c => new DaprComponentsMetadata(c.Name ?? "", c.Type ?? "", c.Version ?? "", c.Capabilities ?? []))]);
        }
        catch (JsonException exception)
        {
            throw new DaprException("The sidecar's metadata is not the expected JSON.", exception);
        }
    }
}
