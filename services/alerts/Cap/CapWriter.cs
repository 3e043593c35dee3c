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
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
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
            Element(xml, "note", alert.Note);
            Element(xml, "references", List(alert.References.Select(Format)));
            Element(xml, "incidents", List(alert.Incidents));
            foreach (var info in alert.Info)
            {
                Write(xml, info);
            }

            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        return text.ToString();
    }

    /// <summary>The extended identifier by which other messages name this one: <c>sender,identifier,sent</c>.</summary>
    public static string Format(CapReference reference)
        => $"{reference.Sender},{reference.Identifier},{CapTime.Format(reference.Sent)}";

    private static void Write(XmlWriter xml, CapInfo info)
    {
        xml.WriteStartElement("info", Namespace);
        Element(xml, "language", info.Language);
        Element(xml, "category", info.Category.ToString());
        Element(xml, "event", info.Event);
        Element(xml, "responseType", info.ResponseType.ToString());
        Element(xml, "urgency", info.Urgency.ToString());
        Element(xml, "severity", info.Severity.ToString());
        Element(xml, "certainty", info.Certainty.ToString());
        Values(xml, "eventCode", info.EventCodes);
        Time(xml, "effective", info.Effective);
        Time(xml, "onset", info.Onset);
        Time(xml, "expires", info.Expires);
        Element(xml, "senderName", info.SenderName);
        Element(xml, "headline", info.Headline);
        Element(xml, "description", info.Description);
        Element(xml, "instruction", info.Instruction);
        Element(xml, "web", info.Web?.AbsoluteUri);
        Element(xml, "contact", info.Contact);
        Values(xml, "parameter", info.Parameters);
        foreach (var area in info.Areas)
        {
            Write(xml, area);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, CapArea area)
    {
        xml.WriteStartElement("area", Namespace);
        Element(xml, "areaDesc", area.Description);
        foreach (var polygon in area.Polygons)
        {
            Element(xml, "polygon", List(polygon.Select(point => Coordinates(point.LatitudeDegrees, point.LongitudeDegrees))));
        }

        foreach (var circle in area.Circles)
        {
            Element(xml, "circle", string.Create(CultureInfo.InvariantCulture,
                $"{Coordinates(circle.LatitudeDegrees, circle.LongitudeDegrees)} {circle.RadiusKilometres:0.###}"));
        }

        Values(xml, "geocode", area.Geocodes);
        xml.WriteEndElement();
    }

    // Six decimals are a tenth of a metre.
    private static string Coordinates(double latitudeDegrees, double longitudeDegrees)
        => string.Create(CultureInfo.InvariantCulture, $"{latitudeDegrees:0.######},{longitudeDegrees:0.######}");

    private static void Values(XmlWriter xml, string name, IReadOnlyList<CapValue> values)
    {
        foreach (var value in values)
        {
            xml.WriteStartElement(name, Namespace);
            xml.WriteElementString("valueName", Namespace, Readable(value.Name));
            xml.WriteElementString("value", Namespace, Readable(value.Value));
            xml.WriteEndElement();
        }
    }

    private static void Time(XmlWriter xml, string name, DateTimeOffset? time)
        => Element(xml, name, time is null ? null : CapTime.Format(time.Value));

    private static void Element(XmlWriter xml, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            xml.WriteElementString(name, Namespace, Readable(text));
        }
    }

    private static string List(IEnumerable<string> items) => string.Join(' ', items);

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
