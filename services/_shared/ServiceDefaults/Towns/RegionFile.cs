using System.Globalization;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Reads a region file (YAML or JSON) and refuses it with every fault named.</summary>
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
        Region? region;
        try
        {
            // JSON is YAML too, so one reader serves both; quoted scalars stay strings ("162043" is a code, not a number).
            var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(text);
            var json = new SerializerBuilder().JsonCompatible().DisableAliases().Build().Serialize(tree);
            region = JsonSerializer.Deserialize<Region>(json, CityJson.Options);
        }
        catch (YamlException exception)
        {
            throw new RegionFileException(path, [string.Create(CultureInfo.InvariantCulture,
                $"line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}")]);
        }
        catch (JsonException exception)
        {
            throw new RegionFileException(path, [$"{exception.Path}: {exception.Message}"]);
        }

        var faults = region is null ? ["the file is empty"] : RegionRules.Faults(region).ToList();
        return faults.Count == 0 ? region! : throw new RegionFileException(path, faults);
    }
}

/// <summary>A region file that can't be used.</summary>
public sealed class RegionFileException(string path, IReadOnlyList<string> faults)
    : Exception($"The region file {path} cannot be used:{Environment.NewLine}  - " + string.Join(Environment.NewLine + "  - ", faults))
{
    /// <summary>Every fault, not only the first.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
