using System.Globalization;
using System.Text;
using System.Xml;

namespace SmartCity.Alerts.Cap;

/// <summary>Writes CAP 1.2 XML in the order that the schema wants.</summary>
public static class CapWriter
{
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    public const string MediaType = "application/cap+xml";

    public static string Write(CapAlert alert)
    {
        using var text = new Utf8StringWriter();
        // Line breaks of texts are kept as they are read; a carriage return is written as a reference.
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize }))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("alert", Namespace);
            Element(xml, "identifier", alert.Identifier);
            Element(xml, "sender", alert.Sender);
            Element(xml, "sent", CapTime.Format(alert.Sent));
            Element(xml, "status", alert.Status.ToString());
            Element(xml, "msgType", alert.MsgType.ToString());
            Element(xml, "source", alert.Source);
            Element(xml, "scope", alert.Scope.ToString());
            Element(xml, "restriction", alert.Restriction);
            Element(xml, "addresses", Quoted(alert.Addresses));
            foreach (var code in alert.Codes)
            {
                Element(xml, "code", code);
            }

            Element(xml, "note", alert.Note);
            Element(xml, "references", List(alert.References.Select(Format)));
            Element(xml, "incidents", Quoted(alert.Incidents));
            foreach (var info in alert.Info)
            {
                CapInfoWriter.Write(xml, info);
            }

            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        return text.ToString();
    }

    /// <summary>The extended identifier by which other messages name this one: <c>sender,identifier,sent</c>.</summary>
    public static string Format(CapReference reference)
        => $"{reference.Sender},{reference.Identifier},{CapTime.Format(reference.Sent)}";

    internal static void Element(XmlWriter xml, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            xml.WriteElementString(name, Namespace, Readable(text));
        }
    }

    /// <summary>Of elements that the schema wants: written also where they are empty.</summary>
    internal static void Required(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, Readable(text));

    internal static string List(IEnumerable<string> items) => string.Join(' ', items);

    // Sections 3.2.1: names with spaces in them stand in quotation marks.
    private static string Quoted(IEnumerable<string> items)
        => List(items.Select(item => item.Any(char.IsWhiteSpace) || item.Length == 0 ? $"\"{item}\"" : item));

    // Device names and explanations come from outside: what XML 1.0 cannot carry must not stop an alert.
    private static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            readable.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        }

        return readable.ToString();
    }

    private sealed class Utf8StringWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        // Otherwise the XML declaration would say UTF-16, which the answer is not.
        public override Encoding Encoding => Encoding.UTF8;
    }
}
