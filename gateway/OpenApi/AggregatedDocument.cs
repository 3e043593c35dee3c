using System.Text.Json.Nodes;

namespace SmartCity.Gateway.OpenApi;

/// <summary>A third-party service, as the document names it.</summary>
internal sealed record ThirdPartyDocument(string Municipality, string Service, string Title, string? OpenApi);

/// <summary>Puts the documents of several services into one: paths as they are, schemas with the service's name before theirs.</summary>
internal static class AggregatedDocument
{
    public const string ThirdParties = "x-third-party-services";
    public const string NotAnswering = "x-not-answering";
    private const string SchemaReference = "#/components/schemas/";

    public static JsonObject Of(IReadOnlyList<(string Service, JsonObject? Document)> services, IEnumerable<ThirdPartyDocument> thirdParties)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        var tags = new JsonArray();
        foreach (var (service, document) in services.Where(entry => entry.Document is not null))
        {
            var whole = (JsonObject)document!.DeepClone();
            Rename(whole, service);
            tags.Add(new JsonObject { ["name"] = service });
            foreach (var (path, item) in Members(whole["paths"]))
            {
                foreach (var (_, operation) in Members(item).Where(member => member.Value is JsonObject))
                {
                    operation!["tags"] = new JsonArray(service);
                    if (operation["operationId"] is { } id)
                    {
                        operation["operationId"] = $"{service}.{id}";
                    }
                }

                paths.TryAdd(path, item?.DeepClone());
            }

            foreach (var (name, schema) in Members(whole["components"]?["schemas"]))
            {
                schemas[$"{service}.{name}"] = schema?.DeepClone();
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "SmartCity", ["version"] = "1", ["description"] = "Every service of this installation, through its gateway." },
            ["tags"] = tags,
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
            [NotAnswering] = new JsonArray([.. services.Where(entry => entry.Document is null).Select(entry => (JsonNode)entry.Service)]),
            [ThirdParties] = new JsonArray([.. thirdParties.Select(service => (JsonNode)new JsonObject
            {
                ["municipality"] = service.Municipality,
                ["path"] = $"/api/{service.Municipality}/{service.Service}",
                ["title"] = service.Title,
                ["openApi"] = service.OpenApi,
            })]),
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];

    private static void Rename(JsonNode? node, string service)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Rename(item, service);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target) && target.StartsWith(SchemaReference, StringComparison.Ordinal))
            {
                members["$ref"] = $"{SchemaReference}{service}.{target[SchemaReference.Length..]}";
            }

            foreach (var (_, value) in members.ToArray())
            {
                Rename(value, service);
            }
        }
    }
}
