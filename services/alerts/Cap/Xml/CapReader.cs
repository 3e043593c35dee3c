using SmartCity.Alerts.Cap.Rules;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>Reads CAP 1.2 from untrusted bytes: never throws for what they hold, and names every fault at once.</summary>
public static class CapReader
{
    /// <summary>The largest message that is read. The largest that are known, of whole coasts as polygons, have some hundred kilobytes.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    private static readonly string[] Order =
    [
        "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code", "note", "references", "incidents", "info",
    ];

    /// <param name="charset">Of the media type that it came with, or null.</param>
    /// <param name="now">For times that cannot be yet.</param>
    public static CapReading Read(ReadOnlySpan<byte> bytes, string? charset, DateTimeOffset now)
    {
        if (bytes.Length > MaximumBytes)
        {
            return Refused("too-large", null, $"The document has {bytes.Length} bytes; {MaximumBytes} are read.");
        }

        try
        {
            return Read(CapText.Decode(bytes, charset), now);
        }
        catch (CapEncodingException fault)
        {
            return Refused("encoding-wrong", fault.Line, fault.Message);
        }
    }

    /// <param name="text">The decoded document.</param>
    public static CapReading Read(string text, DateTimeOffset now)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var notices = new CapNotices(lines);
        if (CapTree.Read(text, notices, lines) is not { } root)
        {
            return new CapReading(null, text, notices.All);
        }

        var alert = AlertOf(root, notices);
        CapRules.Check(alert, now, notices);
        if (!notices.HasErrors)
        {
            CapSignature.Check(text, notices);
        }

        return new CapReading(alert, CapText.AsUtf8(text), notices.All);
    }

    private static CapAlert AlertOf(CapNode root, CapNotices notices)
    {
        var fields = new CapFields(root, notices, Order);
        return new CapAlert
        {
            Identifier = fields.Required("identifier").Trim(),
            Sender = fields.Required("sender").Trim(),
            Sent = fields.Required("sent") is { Length: > 0 } sent ? CapForm.Time(sent, "sent", notices) ?? default : default,
            Status = fields.Code<CapStatus>("status"),
            MsgType = fields.Code<CapMsgType>("msgType"),
            Source = fields.Text("source"),
            Scope = fields.Code<CapScope>("scope"),
            Restriction = fields.Text("restriction"),
            Addresses = CapForm.Names(fields.Text("addresses")),
            Codes = fields.Texts("code"),
            Note = fields.Text("note"),
            References = CapForm.References(fields.Text("references"), "references", notices),
            Incidents = CapForm.Names(fields.Text("incidents")),
            Info = [.. fields.All("info").Select(node => CapInfoReader.InfoOf(node, notices))],
        };
    }

    private static CapReading Refused(string code, int? line, string message)
        => new(null, null, [new Notice(code, NoticeSeverity.Error, message) { Line = line }]);
}
