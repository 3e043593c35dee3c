using System.Globalization;
using Microsoft.Extensions.Logging;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads the YAML files of resource directories, as <c>--resources-path</c>: not those of subdirectories.</summary>
internal sealed class ResourceFiles(ILogger logger, ICollection<string> faults)
{
    private const long MaximumFileBytes = 1024 * 1024;
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal) { "Component", "Subscription", "Resiliency", "Configuration" };

    public List<ResourceDocument> Read(IEnumerable<string> directories)
    {
        var documents = new List<ResourceDocument>();
        foreach (var directory in directories)
        {
            if (!Directory.Exists(directory))
            {
                faults.Add($"{directory}: the directory does not exist");
                continue;
            }

            var files = Directory.EnumerateFiles(directory)
                .Where(f => Path.GetExtension(f).ToUpperInvariant() is ".YAML" or ".YML").Order(StringComparer.Ordinal);
            foreach (var file in files)
            {
                documents.AddRange(ReadFile(file));
            }
        }

        return documents;
    }

    private IEnumerable<ResourceDocument> ReadFile(string file)
    {
        var stream = new YamlStream();
        try
        {
            if (new FileInfo(file).Length > MaximumFileBytes)
            {
                faults.Add($"{file}: the file is larger than {MaximumFileBytes} bytes");
                return [];
            }

            using var reader = new StreamReader(file);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}, line {exception.Start.Line}: {exception.Message}"));
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file}: {exception.Message}");
            return [];
        }

        return [.. stream.Documents.Select((document, index) => Of(document.RootNode,
            string.Create(CultureInfo.InvariantCulture, $"{file}, document {index + 1}"))).OfType<ResourceDocument>()];
    }

    private ResourceDocument? Of(YamlNode root, string place)
    {
        if (root is YamlScalarNode { Value: null or "" })
        {
            return null;
        }

        if (root is not YamlMappingNode mapping)
        {
            faults.Add($"{place}: it is not a mapping");
            return null;
        }

        var fields = new YamlFields(mapping, "", place, faults);
        var version = fields.Text("apiVersion");
        var kind = fields.Text("kind");
        if (kind is null && version is null)
        {
            // Such as a run file beside the components, which Dapr passes over too.
            Log.ResourceSkipped(logger, place, "it has no kind");
            return null;
        }

        if (kind is null || !Kinds.Contains(kind))
        {
            Log.ResourceSkipped(logger, place, $"kind '{kind}' is not one of the embedded engine");
            return null;
        }

        if (version is not ("dapr.io/v1alpha1" or "dapr.io/v2alpha1") || (version == "dapr.io/v2alpha1" && kind != "Subscription"))
        {
            fields.Fault("apiVersion", $"'{version}' is not one of kind {kind}");
            return null;
        }

        var name = fields.Fields("metadata", isRequired: true)?.Text("name", isRequired: true) ?? "";
        return new ResourceDocument(place, version, kind, name, fields.Texts("scopes"), fields);
    }
}
