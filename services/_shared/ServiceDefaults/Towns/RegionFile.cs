using System.Globalization;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Manifests;
using YamlDotNet.Core;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Reads a region file (YAML or JSON): a name, and the manifests of its municipalities. It is refused with every fault named.</summary>
public static class RegionFile
{
    /// <exception cref="RegionFileException">The file is missing, does not parse, or has faults; all of them are named.</exception>
    public static Region Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new RegionFileException(path, ["the file does not exist"]);
        }

        return Parse(path, File.ReadAllText(path));
    }

    internal static Region Parse(string path, string text)
    {
        try
        {
            var tree = ManifestTree.Parse(text);
            var faults = new SchemaCheck(Schema(), tree).Run();
            var region = ManifestReader.TryRead<Region>(tree.Root, faults.Count > 0);
            if (region is not null)
            {
                faults = [.. faults, .. RulesOf(region, tree).Where(notice => notice.Severity == NoticeSeverity.Error)];
            }

            return faults.Count == 0 && region is not null ? region : throw new RegionFileException(path, [.. faults.Select(Describe)]);
        }
        catch (YamlException exception)
        {
            throw new RegionFileException(path, [string.Create(CultureInfo.InvariantCulture,
                $"line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}")]);
        }
    }

    private static IEnumerable<Notice> RulesOf(Region region, ManifestTree tree)
    {
        var list = new NoticeList(tree.PlaceOf);
        list.Duplicates("municipalities", region.Municipalities, town => town.Code, "code");
        return list.Notices.Concat(region.Municipalities.SelectMany((town, index) =>
            TownRules.Check(town, path => tree.PlaceOf(string.Create(CultureInfo.InvariantCulture, $"municipalities[{index}].{path}")))
                .Select(notice => notice with { Message = $"{town.Code}: {notice.Message}" })));
    }

    private static JsonObject Schema()
    {
        var town = (JsonObject)MunicipalitySchema.Node.DeepClone();
        var definitions = town["$defs"]!.DeepClone();
        town.Remove("$defs");
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("name", "municipalities"),
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["name"] = new JsonObject { ["type"] = "string" },
                ["municipalities"] = new JsonObject { ["type"] = "array", ["items"] = town },
            },
            ["$defs"] = definitions,
        };
    }

    private static string Describe(Notice notice) => string.Create(CultureInfo.InvariantCulture, $"line {notice.Line}: {notice.Message}");
}

/// <summary>A region file that can't be used.</summary>
public sealed class RegionFileException(string path, IReadOnlyList<string> faults)
    : Exception($"The region file {path} cannot be used:{Environment.NewLine}  - " + string.Join(Environment.NewLine + "  - ", faults))
{
    /// <summary>Every fault, not only the first.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
