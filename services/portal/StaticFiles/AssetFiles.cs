using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;

namespace SmartCity.Portal.StaticFiles;

/// <summary>
/// Style sheets and scripts, from <c>portal-assets/</c> beside the program (whatever its entry assembly is), read once.
/// The URL carries the content's hash, so browsers may keep a file forever and still get a new one at once.
/// </summary>
public sealed class AssetFiles
{
    public const string UrlPrefix = "/portal-assets/";
    private const string Folder = "portal-assets";

    private readonly Dictionary<string, Asset> _byName;

    /// <exception cref="DirectoryNotFoundException">The files were not copied beside the program.</exception>
    public AssetFiles()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Folder);
        using var provider = new PhysicalFileProvider(folder);
        _byName = provider.GetDirectoryContents("").Where(file => !file.IsDirectory).Select(Read)
            .ToDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    /// <summary>The URL of a file such as <c>site.css</c>.</summary>
    public string Url(string name) => UrlPrefix + _byName[name].HashedName;

    /// <summary>What stands in a text file such as <c>push-worker.js</c>.</summary>
    internal string Text(string name) => Encoding.UTF8.GetString(_byName[name].Content);

    /// <summary>Finds <c>site.0a1b2c3d4e5f.css</c>. An outdated hash gets today's file, which must then not be cached.</summary>
    internal Asset? Find(string hashedName, out bool isCurrent)
    {
        var parts = hashedName.Split('.');
        var name = parts.Length == 3 ? $"{parts[0]}.{parts[2]}" : hashedName;
        var asset = _byName.GetValueOrDefault(name);
        isCurrent = asset?.HashedName == hashedName;
        return asset;
    }

    private static Asset Read(IFileInfo file)
    {
        using var stream = file.CreateReadStream();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        var extension = Path.GetExtension(file.Name);
        return new Asset(file.Name, $"{Path.GetFileNameWithoutExtension(file.Name)}.{hash}{extension}", TypeOf(extension), bytes);
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => throw new InvalidOperationException($"portal-assets: there is no media type for '{extension}'; add it here."),
    };
}

/// <summary>One file, ready to send.</summary>
internal sealed record Asset(string Name, string HashedName, string MediaType, byte[] Content);
