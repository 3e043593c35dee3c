using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Cli.Onboard;

/// <summary>A file that a manifest names.</summary>
/// <param name="Name">As the manifest gives it.</param>
/// <param name="Field">Where it gives it.</param>
/// <param name="Content">Null where there is no such file beside the manifest.</param>
/// <param name="IsOutside">Whether the name leads out of the manifest's folder: such a file is never read.</param>
internal sealed record NamedFile(string Name, string Field, byte[]? Content, bool IsOutside)
{
    public string? Sha256 { get; } = Content is null ? null : Convert.ToHexStringLower(SHA256.HashData(Content));
}

/// <summary>Finds the files that a manifest names, beside it.</summary>
internal static class NamedFiles
{
    public static IReadOnlyList<NamedFile> Of(JsonObject? manifest, string folder)
    {
        var named = new List<(string Name, string Field)>();
        if (manifest?["shelters"] is JsonValue shelters && shelters.ToString() is { Length: > 0 } list)
        {
            named.Add((list, "shelters"));
        }

        var feeds = manifest?["transitFeeds"] as JsonArray ?? [];
        for (var index = 0; index < feeds.Count; index++)
        {
            if ((feeds[index] as JsonObject)?["source"] is JsonValue source && !NamedFileRules.IsUrl(source.ToString()))
            {
                named.Add((source.ToString(), string.Create(CultureInfo.InvariantCulture, $"transitFeeds[{index}].source")));
            }
        }

        return [.. named.DistinctBy(file => file.Name).Select(file => Read(file.Name, file.Field, folder))];
    }

    /// <summary>Where a file of that name belongs, or null where the name leads out of the folder.</summary>
    public static string? PathWithin(string folder, string name)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length ? path : null;
    }

    private static NamedFile Read(string name, string field, string folder)
    {
        var path = PathWithin(folder, name);
        return new NamedFile(name, field, path is not null && File.Exists(path) ? File.ReadAllBytes(path) : null, IsOutside: path is null);
    }
}
