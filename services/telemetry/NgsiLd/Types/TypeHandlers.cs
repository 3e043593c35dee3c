using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Models;
using SmartCity.Telemetry.NgsiLd.Queries;

namespace SmartCity.Telemetry.NgsiLd.Types;

/// <summary>Which types and attributes there are (clauses 5.7.5 to 5.7.10, 6.25 to 6.28).</summary>
internal static class TypeHandlers
{
    private static readonly string[] Known = ["details", "local"];

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ListTypesAsync(HttpContext http, EntitySource source, NgsiAnswer answer, CancellationToken cancellationToken)
    {
        if (RequestedQuery.UnknownIn(http.Request.Query, Known) is { } unknown)
        {
            return unknown;
        }

        var town = http.CurrentTown();
        if (!WantsDetails(http))
        {
            var names = EntitySource.AllOf(town).Select(one => one.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            return await answer.WriteAsync(http, town.Code, new JsonObject
            {
                ["id"] = $"urn:ngsi-ld:EntityTypeList:{town.Code}",
                ["type"] = "EntityTypeList",
                ["typeList"] = ArrayOf(names),
            });
        }

        var seen = await SeeAsync(http, source, cancellationToken);
        var types = seen.GroupBy(one => one.Type, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (JsonNode)new JsonObject
        {
            ["id"] = Terms.Expand(group.Key),
            ["type"] = "EntityType",
            ["typeName"] = group.Key,
            ["attributeNames"] = ArrayOf(group.Select(one => one.Attribute).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        });
        return await answer.WriteAsync(http, town.Code, new JsonArray([.. types]));
    }

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetTypeAsync(HttpContext http, EntitySource source, NgsiAnswer answer, string type, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        var name = Terms.Compact(type);
        var seen = (await SeeAsync(http, source, cancellationToken)).Where(one => one.Type == name).ToList();
        if (seen.Count == 0)
        {
            return NgsiProblem.NotFound($"{town.Code} has no entity of type {type}.");
        }

        var attributes = seen.GroupBy(one => one.Attribute, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (JsonNode)new JsonObject
        {
            ["id"] = Terms.Expand(group.Key),
            ["type"] = "Attribute",
            ["attributeName"] = group.Key,
            ["attributeTypes"] = ArrayOf(group.Select(one => one.Kind).Distinct(StringComparer.Ordinal)),
        });
        return await answer.WriteAsync(http, town.Code, new JsonObject
        {
            ["id"] = Terms.Expand(name),
            ["type"] = "EntityTypeInfo",
            ["typeName"] = name,
            ["entityCount"] = EntitySource.AllOf(town).Count(one => one.Type == name),
            ["attributeDetails"] = new JsonArray([.. attributes]),
        });
    }

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ListAttributesAsync(HttpContext http, EntitySource source, NgsiAnswer answer, CancellationToken cancellationToken)
    {
        if (RequestedQuery.UnknownIn(http.Request.Query, Known) is { } unknown)
        {
            return unknown;
        }

        var town = http.CurrentTown();
        var seen = await SeeAsync(http, source, cancellationToken);
        var groups = seen.GroupBy(one => one.Attribute, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
        return await answer.WriteAsync(http, town.Code, WantsDetails(http)
            ? new JsonArray([.. groups.Select(group => (JsonNode)new JsonObject
            {
                ["id"] = Terms.Expand(group.Key),
                ["type"] = "Attribute",
                ["attributeName"] = group.Key,
                ["typeNames"] = ArrayOf(group.Select(one => one.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            })])
            : new JsonObject
            {
                ["id"] = $"urn:ngsi-ld:AttributeList:{town.Code}",
                ["type"] = "AttributeList",
                ["attributeList"] = ArrayOf(groups.Select(group => group.Key)),
            });
    }

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetAttributeAsync(
        HttpContext http, EntitySource source, NgsiAnswer answer, string attribute, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        var name = Terms.Compact(attribute);
        var seen = (await SeeAsync(http, source, cancellationToken)).Where(one => one.Attribute == name).ToList();
        return seen.Count == 0
            ? NgsiProblem.NotFound($"No entity of {town.Code} has the attribute {attribute}.")
            : await answer.WriteAsync(http, town.Code, new JsonObject
            {
                ["id"] = Terms.Expand(name),
                ["type"] = "Attribute",
                ["attributeName"] = name,
                ["attributeCount"] = seen.Count,
                ["attributeTypes"] = ArrayOf(seen.Select(one => one.Kind).Distinct(StringComparer.Ordinal)),
                ["typeNames"] = ArrayOf(seen.Select(one => one.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            });
    }

    private static async Task<List<(string Type, string Attribute, string Kind)>> SeeAsync(HttpContext http, EntitySource source, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        var seen = new List<(string, string, string)>();
        await foreach (var entity in source.ReadAsync(town, EntitySource.AllOf(town), cancellationToken))
        {
            seen.AddRange(entity.Attributes.Select(attribute => (entity.Type, attribute.Key, attribute.Value.Kind)));
        }

        return seen;
    }

    private static bool WantsDetails(HttpContext http) => http.Request.Query["details"].ToString() == "true";

    private static JsonArray ArrayOf(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)JsonValue.Create(name)!)]);
}
