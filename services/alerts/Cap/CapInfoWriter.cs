using System.Globalization;
using System.Xml;
using static SmartCity.Alerts.Cap.CapWriter;

namespace SmartCity.Alerts.Cap;

/// <summary>The info blocks of a message.</summary>
internal static class CapInfoWriter
{
    public static void Write(XmlWriter xml, CapInfo info)
    {
        xml.WriteStartElement("info", Namespace);
        Element(xml, "language", info.Language);
        foreach (var category in info.Categories)
        {
            Element(xml, "category", category.ToString());
        }

        Required(xml, "event", info.Event);
        foreach (var responseType in info.ResponseTypes)
        {
            Element(xml, "responseType", responseType.ToString());
        }

        Element(xml, "urgency", info.Urgency.ToString());
        Element(xml, "severity", info.Severity.ToString());
        Element(xml, "certainty", info.Certainty.ToString());
        Element(xml, "audience", info.Audience);
        Values(xml, "eventCode", info.EventCodes);
        Time(xml, "effective", info.Effective);
        Time(xml, "onset", info.Onset);
        Time(xml, "expires", info.Expires);
        Element(xml, "senderName", info.SenderName);
        Element(xml, "headline", info.Headline);
        Element(xml, "description", info.Description);
        Element(xml, "instruction", info.Instruction);
        Element(xml, "web", info.Web);
        Element(xml, "contact", info.Contact);
        Values(xml, "parameter", info.Parameters);
        foreach (var resource in info.Resources)
        {
            Write(xml, resource);
        }

        foreach (var area in info.Areas)
        {
            Write(xml, area);
        }

        xml.WriteEndElement();
    }

    /// <summary>Degrees and kilometres as short as they can be read back, without an exponent.</summary>
    internal static string Number(double value)
        => decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
            : value.ToString("0", CultureInfo.InvariantCulture);

    private static void Write(XmlWriter xml, CapResource resource)
    {
        xml.WriteStartElement("resource", Namespace);
        Required(xml, "resourceDesc", resource.Description);
        Required(xml, "mimeType", resource.MimeType);
        Element(xml, "size", resource.SizeBytes?.ToString(CultureInfo.InvariantCulture));
        Element(xml, "uri", resource.Uri);
        Element(xml, "derefUri", resource.DerefUri);
        Element(xml, "digest", resource.Digest);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, CapArea area)
    {
        xml.WriteStartElement("area", Namespace);
        Required(xml, "areaDesc", area.Description);
        foreach (var polygon in area.Polygons)
        {
            Element(xml, "polygon", List(polygon.Select(point => Coordinates(point.LatitudeDegrees, point.LongitudeDegrees))));
        }

        foreach (var circle in area.Circles)
        {
            Element(xml, "circle", $"{Coordinates(circle.LatitudeDegrees, circle.LongitudeDegrees)} {Number(circle.RadiusKilometres)}");
        }

        Values(xml, "geocode", area.Geocodes);
        Element(xml, "altitude", area.AltitudeFeet?.ToString(CultureInfo.InvariantCulture));
        Element(xml, "ceiling", area.CeilingFeet?.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private static string Coordinates(double latitudeDegrees, double longitudeDegrees) => $"{Number(latitudeDegrees)},{Number(longitudeDegrees)}";

    private static void Values(XmlWriter xml, string name, IReadOnlyList<CapValue> values)
    {
        foreach (var value in values)
        {
            xml.WriteStartElement(name, Namespace);
            Required(xml, "valueName", value.Name);
            Required(xml, "value", value.Value);
            xml.WriteEndElement();
        }
    }

    private static void Time(XmlWriter xml, string name, DateTimeOffset? time)
        => Element(xml, name, time is null ? null : CapTime.Format(time.Value));
}
