using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using YamlDotNet.Core;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>A manifest that was read: a town, or every fault.</summary>
/// <param name="Town">Null when there are errors.</param>
/// <param name="Notices">Errors and warnings.</param>
/// <param name="Fields">The top-level fields that it gives, as JSON; what it leaves out stays as it is.</param>
public sealed record ManifestResult(Town? Town, IReadOnlyList<Notice> Notices, JsonObject Fields);

/// <summary>Reads <c>municipality.yaml</c> (JSON too).</summary>
public static class ManifestReader
{
    /// <param name="text">The document.</param>
    /// <param name="known">The town as it is, whose fields stand in for those that the manifest leaves out; null for a new town.</param>
    public static ManifestResult Read(string text, Town? known = null)
    {
        ManifestTree tree;
        try
        {
            tree = ManifestTree.Parse(text);
        }
        catch (YamlException exception)
        {
            return Refused(new Notice("not-readable", NoticeSeverity.Error, $"This is neither YAML nor JSON: {exception.Message}")
            {
                Line = (int)exception.Start.Line,
                Column = (int)exception.Start.Column,
            });
        }

        return Read(tree, MunicipalitySchema.Node, known);
    }

    internal static ManifestResult Read(ManifestTree tree, JsonObject schema, Town? known)
    {
        if (tree.Refused.Count > 0)
        {
            return new ManifestResult(null, tree.Refused, []);
        }

        if (tree.Root is not JsonObject fields)
        {
            return Refused(new Notice("not-a-manifest", NoticeSeverity.Error, "The document is empty or a list; a municipality's fields belong here.") { Line = 1, Column = 1 });
        }

        // A list that is empty in YAML ("devices:") says nothing; whoever means none writes [].
        foreach (var name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            fields.Remove(name);
        }

        // Of a town that is known only the code must be given again.
        if (known is not null)
        {
            schema = (JsonObject)schema.DeepClone();
            schema["required"] = new JsonArray("code");
        }

        var notices = new SchemaCheck(schema, tree).Run().ToList();
        Prune(fields);
        if (TryRead<Town>(Over(known, fields), notices.Count > 0) is { } town)
        {
            notices.AddRange(NoticeList.NotSaidYet(TownRules.Check(town, tree.PlaceOf), notices));
            return new ManifestResult(notices.Exists(notice => notice.Severity == NoticeSeverity.Error) ? null : town, notices, fields);
        }

        return new ManifestResult(null, notices, fields);
    }

    /// <summary>Takes away fields without a value ("secondPerson:"), which say nothing.</summary>
    internal static void Prune(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
            {
                fields.Remove(name);
            }

            foreach (var (_, value) in fields)
            {
                Prune(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Prune(item);
            }
        }
    }

    /// <summary>Null only where faults of form are known already: then what lies beyond the form is checked as far as it can be.</summary>
    internal static T? TryRead<T>(JsonNode? node, bool hasFaults)
        where T : class
    {
        try
        {
            return node.Deserialize<T>(CityJson.Options);
        }
        catch (JsonException) when (hasFaults)
        {
            return null;
        }
    }

    private static JsonObject Over(Town? known, JsonObject fields)
    {
        var whole = known is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(known, CityJson.Options)!;
        foreach (var (name, value) in fields)
        {
            whole[name] = value?.DeepClone();
        }

        return whole;
    }

    private static ManifestResult Refused(Notice notice) => new(null, [notice], []);
}
