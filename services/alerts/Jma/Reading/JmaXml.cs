using System.Xml;
using System.Xml.Linq;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>XML of others, read safely; elements are found by their local names, since JMA spreads them over six namespaces.</summary>
internal static class JmaXml
{
    /// <summary>The largest bulletins (numbered forecasts of a whole prefecture) have some 500 KB.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>Deeper is no bulletin; what follows walks the tree by recursion.</summary>
    private const int MaximumDepth = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <exception cref="XmlException">It is not well-formed, has a DTD, is too deep or is not in the encoding that it says.</exception>
    public static XElement Load(byte[] content)
    {
        using (var depth = XmlReader.Create(new MemoryStream(content, writable: false), Settings))
        {
            while (depth.Read())
            {
                if (depth.Depth > MaximumDepth)
                {
                    throw new XmlException($"Elements are nested deeper than {MaximumDepth}.");
                }
            }
        }

        using var reader = XmlReader.Create(new MemoryStream(content, writable: false), Settings);
        return XDocument.Load(reader).Root!;
    }

    public static IEnumerable<XElement> Children(this XElement? element, string name)
        => element?.Elements().Where(child => child.Name.LocalName == name) ?? [];

    public static XElement? Child(this XElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = element.Children(name).FirstOrDefault();
        }

        return element;
    }

    /// <summary>Trimmed; empty where the element is not there.</summary>
    public static string Text(this XElement? element, params ReadOnlySpan<string> path) => element.Child(path)?.Value.Trim() ?? "";

    public static string AttributeText(this XElement element, string name)
        => element.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value ?? "";
}
