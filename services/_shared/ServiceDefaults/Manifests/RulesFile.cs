using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using YamlDotNet.Core;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>Alert rules that were read: of a whole manifest, or alone.</summary>
/// <param name="Town">The municipality, or where rules stand alone one with nothing but them; null when there are errors.</param>
/// <param name="IsWhole">Whether devices are known too.</param>
/// <param name="Notices">Every fault and warning.</param>
public sealed record RulesFile(Town? Town, bool IsWhole, IReadOnlyList<Notice> Notices)
{
    /// <summary>Faults that only a manifest with devices can have.</summary>
    private static readonly string[] NeedDevices = ["device-unknown", "device-of-other-kind", "zone-too-small", "rule-without-device", "rule-without-policy"];

    /// <summary>Reads a manifest, a document with <c>rules:</c> alone, or a list of rules.</summary>
    public static RulesFile Read(string text)
    {
        try
        {
            var tree = ManifestTree.Parse(text);
            if (tree.Root is JsonObject manifest && manifest.ContainsKey("code"))
            {
                var read = ManifestReader.Read(text);
                return new RulesFile(read.Town, IsWhole: true, read.Notices);
            }

            return tree.Refused.Count > 0 ? new RulesFile(null, IsWhole: false, tree.Refused) : ReadAlone(tree);
        }
        catch (YamlException exception)
        {
            var notice = new Notice("not-readable", NoticeSeverity.Error, $"This is neither YAML nor JSON: {exception.Message}")
            {
                Line = (int)exception.Start.Line,
                Column = (int)exception.Start.Column,
            };
            return new RulesFile(null, IsWhole: false, [notice]);
        }
    }

    private static RulesFile ReadAlone(ManifestTree tree)
    {
        var isList = tree.Root is JsonArray;
        var schema = (JsonObject)MunicipalitySchema.Node["properties"]!["rules"]!.DeepClone();
        if (!isList)
        {
            schema = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("rules"),
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject { ["rules"] = schema },
            };
        }

        schema["$defs"] = MunicipalitySchema.Node["$defs"]!.DeepClone();
        var notices = new SchemaCheck(schema, tree).Run().ToList();
        ManifestReader.Prune(tree.Root);
        var rules = ManifestReader.TryRead<AlertRule[]>((isList ? tree.Root : (tree.Root as JsonObject)?["rules"]) ?? new JsonArray(), notices.Count > 0);
        var town = new Town
        {
            Code = "",
            Name = [],
            LatitudeDegrees = 0,
            LongitudeDegrees = 0,
            Services = [],
            Rules = rules ?? [],
        };
        if (rules is not null)
        {
            var list = new NoticeList(path => tree.PlaceOf(isList ? path["rules".Length..] : path));
            AlertRuleRules.Check(town, list);
            notices.AddRange(list.Notices.Where(notice => !NeedDevices.Contains(notice.Code, StringComparer.Ordinal)));
        }

        return new RulesFile(notices.Exists(notice => notice.Severity == NoticeSeverity.Error) ? null : town, IsWhole: false, notices);
    }
}
