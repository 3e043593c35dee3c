using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using SmartCity.Alerts.Cap;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Cap;

/// <summary>CAP XML as a receiver reads it. Parsing fails where it breaks the OASIS schema, if that file is at hand.</summary>
public sealed class CapDocument
{
    private static readonly XNamespace Cap = CapWriter.Namespace;

    private static readonly Lazy<XmlSchemaSet?> Schema = new(LoadSchema);

    private readonly XElement _alert;

    private CapDocument(XElement alert) => _alert = alert;

    public string this[string element] => _alert.Element(Cap + element)?.Value ?? "";

    /// <summary>The identifiers that <c>references</c> names.</summary>
    public IReadOnlyList<string> References
        => [.. this["references"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(reference => reference.Split(',')[1])];

    public IReadOnlyList<XElement> Info => [.. _alert.Elements(Cap + "info")];

    /// <summary>An element of the info block of a language.</summary>
    public string InfoOf(string language, params string[] path)
    {
        var info = Info.Single(block => block.Element(Cap + "language")!.Value == language);
        return path.Aggregate(info, (element, name) => element.Element(Cap + name) ?? throw new XmlException($"No {name}.")).Value;
    }

    public static CapDocument Parse(string xml)
    {
        var document = XDocument.Parse(xml);
        if (Schema.Value is { } schema)
        {
            document.Validate(schema, (_, fault) => throw new XmlSchemaValidationException(fault.Message));
        }

        return new CapDocument(document.Root!);
    }

    private static XmlSchemaSet? LoadSchema()
    {
        if (!SharedData.Exists)
        {
            return null;
        }

        var schemas = new XmlSchemaSet();
        schemas.Add(CapWriter.Namespace, SharedData.PathOf("cap", "cap12.xsd"));
        schemas.Compile();
        return schemas;
    }
}
