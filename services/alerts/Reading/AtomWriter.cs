using System.Globalization;
using System.Text;
using System.Xml;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Reading;

/// <summary>The alerts in force as an Atom feed (RFC 4287) whose entries link to their CAP messages.</summary>
internal static class AtomWriter
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static string Write(Town town, Uri self, IReadOnlyList<AlertView> alerts)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteElementString("id", Namespace, $"urn:smartcity:alerts:{town.Code}");
            xml.WriteElementString("title", Namespace, $"{town.Name.In("ja")} / {town.Name.In("en")}");
            // A feed without entries is as new as the epoch of the platform: nothing has changed that a reader must see.
            xml.WriteElementString("updated", Namespace, CapTime.Format(alerts.Count > 0 ? alerts.Max(alert => alert.Sent) : DateTimeOffset.UnixEpoch));
            Link(xml, "self", "application/atom+xml", self);
            foreach (var alert in alerts)
            {
                Entry(xml, town, self, alert);
            }

            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void Entry(XmlWriter xml, Town town, Uri self, AlertView alert)
    {
        var info = alert.Info[0];
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, $"urn:smartcity:alert:{alert.Id}");
        xml.WriteElementString("title", Namespace, info.Headline);
        xml.WriteElementString("updated", Namespace, CapTime.Format(alert.Sent));
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, alert.Origin is null ? town.Name.In(info.Language) : info.SenderName ?? alert.Origin);
        xml.WriteEndElement();
        xml.WriteElementString("summary", Namespace, info.Description + "\n" + info.Instruction);
        Category(xml, "urn:smartcity:cap-status", alert.Status, label: null);
        Category(xml, "urn:smartcity:cap-severity", alert.Severity, label: null);
        if (alert.Level is { } level)
        {
            Category(xml, "urn:smartcity:alert-level", level.ToString(CultureInfo.InvariantCulture), info.LevelName);
        }

        Link(xml, "alternate", CapWriter.MediaType, new Uri(self, $"{alert.Id}.cap.xml"));
        xml.WriteEndElement();
    }

    private static void Category(XmlWriter xml, string scheme, string term, string? label)
    {
        xml.WriteStartElement("category", Namespace);
        xml.WriteAttributeString("scheme", scheme);
        xml.WriteAttributeString("term", term);
        if (label is not null)
        {
            xml.WriteAttributeString("label", label);
        }

        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string mediaType, Uri address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", mediaType);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        xml.WriteEndElement();
    }
}
