using SmartCity.Alerts.Cap.Rules;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>Info blocks with their resources and areas.</summary>
internal static class CapInfoReader
{
    private static readonly string[] Order =
    [
        "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode", "effective", "onset", "expires",
        "senderName", "headline", "description", "instruction", "web", "contact", "parameter", "resource", "area",
    ];

    public static CapInfo InfoOf(CapNode node, CapNotices notices)
    {
        var fields = new CapFields(node, notices, Order);
        if (fields.All("category").Count == 0)
        {
            notices.Error("element-missing", fields.Place("category"), null, "'category' is required and not there.");
        }

        return new CapInfo
        {
            Language = fields.Text("language")?.Trim(),
            Categories = fields.Codes<CapCategory>("category"),
            Event = fields.Required("event"),
            ResponseTypes = fields.Codes<CapResponseType>("responseType"),
            Urgency = fields.Code<CapUrgency>("urgency"),
            Severity = fields.Code<CapSeverity>("severity"),
            Certainty = fields.Code<CapCertainty>("certainty"),
            Audience = fields.Text("audience"),
            EventCodes = fields.Values("eventCode"),
            Effective = fields.Time("effective"),
            Onset = fields.Time("onset"),
            Expires = fields.Time("expires"),
            SenderName = fields.Text("senderName"),
            Headline = fields.Text("headline"),
            Description = fields.Text("description"),
            Instruction = fields.Text("instruction"),
            Web = fields.Text("web")?.Trim(),
            Contact = fields.Text("contact"),
            Parameters = fields.Values("parameter"),
            Resources = [.. fields.All("resource").Select(child => ResourceOf(child, notices))],
            Areas = [.. fields.All("area").Select(child => AreaOf(child, notices))],
        };
    }

    private static CapResource ResourceOf(CapNode node, CapNotices notices)
    {
        var fields = new CapFields(node, notices, ["resourceDesc", "mimeType", "size", "uri", "derefUri", "digest"]);
        return new CapResource
        {
            Description = fields.Required("resourceDesc"),
            MimeType = fields.Required("mimeType").Trim(),
            SizeBytes = fields.Integer("size"),
            Uri = fields.Text("uri")?.Trim(),
            DerefUri = fields.Text("derefUri"),
            Digest = fields.Text("digest")?.Trim(),
        };
    }

    private static CapArea AreaOf(CapNode node, CapNotices notices)
    {
        var fields = new CapFields(node, notices, ["areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"]);
        return new CapArea
        {
            Description = fields.Required("areaDesc"),
            // One that cannot be read keeps its place, so that the others keep their numbers.
            Polygons = [.. fields.All("polygon").Select(child => CapForm.Polygon(child.Text, child.Place, notices) ?? [])],
            Circles = [.. fields.All("circle").Select(child => CapForm.Circle(child.Text, child.Place, notices) ?? new CapCircle(0, 0, 0))],
            Geocodes = fields.Values("geocode"),
            AltitudeFeet = fields.Decimal("altitude"),
            CeilingFeet = fields.Decimal("ceiling"),
        };
    }
}
