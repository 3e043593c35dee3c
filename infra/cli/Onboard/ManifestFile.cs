using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Manifests;
using YamlDotNet.Core;

namespace SmartCity.Cli.Onboard;

/// <summary>A manifest on disk with the files that it names. It is read and never written.</summary>
internal sealed class ManifestFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string _text;
    private readonly ManifestTree? _tree;

    private ManifestFile(string path, string text, ManifestTree? tree)
    {
        (Path, _text, _tree) = (path, text, tree);
        Named = NamedFiles.Of(tree?.Root as JsonObject, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
    }

    public string Path { get; }

    /// <summary>The municipality's code as it stands there; empty where there is none.</summary>
    public string Code => (_tree?.Root as JsonObject)?["code"] is JsonValue value ? value.ToString() : "";

    public IReadOnlyList<NamedFile> Named { get; }

    public static async Task<ManifestFile> ReadAsync(Session session, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["file.missing", path]);
        }

        try
        {
            var text = StrictUtf8.GetString(await File.ReadAllBytesAsync(path, cancellationToken)).TrimStart('\uFEFF');
            return new ManifestFile(path, text, Parse(text));
        }
        catch (DecoderFallbackException exception)
        {
            throw new CommandException(ExitCodes.Refused, session.Words["file.notUtf8", path], exception);
        }
    }

    /// <summary>Every fault and warning, with the lines of this file.</summary>
    /// <param name="known">The municipality as it is in force, or null for a new one.</param>
    public IReadOnlyList<Notice> Check(Town? known, Words words)
    {
        // Whether named files are handed in is seen on disk here; the registry looks at its own store.
        var notices = ManifestReader.Read(_text, known).Notices.Where(notice => notice.Code != "file-missing");
        var held = HeldFiles(known);
        var contents = ManifestReader.Read(_text, known).Town is not { } town ? [] : NamedFileRules.Of(town)
            .SelectMany(file => Named.FirstOrDefault(named => named.Name == file.Name)?.Content is { } content ? file.Check(file.Name, content) : [])
            .Where(notice => notice.Severity != NoticeSeverity.Info);
        return [.. notices, .. contents, .. Named.Where(file => file.Content is null && !held.ContainsKey(file.Name)).Select(file => Relocate(
            new Notice(file.IsOutside ? "file-outside" : "file-not-found", NoticeSeverity.Error, words[file.IsOutside ? "file.outside" : "file.notFound", file.Name])
            {
                Field = file.Field,
                Value = file.Name,
            }))];
    }

    /// <summary>What is sent: the same manifest as JSON, with the SHA-256 of every file.</summary>
    public string ToJson(Town? known)
    {
        var fields = (JsonObject)_tree!.Root!.DeepClone();
        var files = HeldFiles(known);
        foreach (var file in Named.Where(file => file.Sha256 is not null))
        {
            files[file.Name] = file.Sha256!;
        }

        if (files.Count > 0 || fields.ContainsKey("files"))
        {
            fields["files"] = JsonSerializer.SerializeToNode(files, CityJson.Options);
        }

        return fields.ToJsonString(CityJson.Options);
    }

    /// <summary>The places of notices about what was sent, in this file.</summary>
    public IReadOnlyList<Notice> Relocate(IEnumerable<Notice> notices) => [.. notices.Select(Relocate)];

    private Notice Relocate(Notice notice)
    {
        // A place in another file is where the notice says.
        if (notice.Field is null || notice.File is not null || _tree is null)
        {
            return notice;
        }

        var (line, column) = _tree.PlaceOf(notice.Field);
        return notice with { Line = line, Column = column };
    }

    // What this manifest says nothing about stays; what it no longer names goes.
    private SortedDictionary<string, string> HeldFiles(Town? known)
    {
        var fields = _tree?.Root as JsonObject;
        var held = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, sha256) in known?.Files ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (Named.Any(file => file.Name == name)
                || (fields?["shelters"] is null && known!.Shelters == name)
                || (fields?["transitFeeds"] is null && known!.TransitFeeds.Any(feed => feed.Source == name)))
            {
                held[name] = sha256;
            }
        }

        foreach (var (name, sha256) in fields?["files"] as JsonObject ?? [])
        {
            held[name] = sha256?.ToString() ?? "";
        }

        return held;
    }

    private static ManifestTree? Parse(string text)
    {
        try
        {
            return ManifestTree.Parse(text);
        }
        catch (YamlException)
        {
            // The reader says where it breaks, among all other faults.
            return null;
        }
    }
}
