using System.Text;
using System.Xml;
using System.Xml.Linq;
using SmartCity.Alerts.Jma.Kinds;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>A bulletin, or what is wrong with it.</summary>
/// <param name="Report">Null when there are errors.</param>
/// <param name="Notices">Errors, and what was not understood but does no harm.</param>
public sealed record JmaReading(JmaReport? Report, IReadOnlyList<Notice> Notices);

/// <summary>
/// Reads 気象庁防災情報XML (format 1.3, https://xml.kishou.go.jp/). Elements that it does not know are passed over: the
/// agency adds some every year. Only what decides whether and for how long an alert holds must be right.
/// </summary>
public static class JmaReader
{
    public static JmaReading Read(byte[] content)
    {
        XElement root;
        try
        {
            root = JmaXml.Load(content);
        }
        catch (Exception exception) when (exception is XmlException or DecoderFallbackException)
        {
            var at = exception as XmlException;
            return Refused(new Notice("xml-malformed", NoticeSeverity.Error, $"This cannot be read as XML: {exception.Message}")
            {
                Line = at is { LineNumber: > 0 } ? at.LineNumber : null,
                Column = at is { LinePosition: > 0 } ? at.LinePosition : null,
            });
        }

        if (root.Name.LocalName != "Report" || root.Child("Control") is not { } control || root.Child("Head") is not { } head)
        {
            return Refused(new Notice("not-a-bulletin", NoticeSeverity.Error,
                $"This is no bulletin of the Japan Meteorological Agency: its root is '{root.Name.LocalName}', and a Report with Control and Head belongs here."));
        }

        var fields = new JmaFields();
        var title = fields.Required("Control/Title", control.Text("Title"));
        var sent = fields.Time("Control/DateTime", control.Text("DateTime"));
        var reported = fields.Time("Head/ReportDateTime", head.Text("ReportDateTime"));
        var status = fields.StatusOf(control.Text("Status"));
        var infoType = fields.InfoTypeOf(head.Text("InfoType"));
        var target = fields.OptionalTime("Head/TargetDateTime", head.Text("TargetDateTime"));
        var valid = fields.OptionalTime("Head/ValidDateTime", head.Text("ValidDateTime"));
        if (fields.HasErrors)
        {
            return new JmaReading(null, fields.Notices);
        }

        if (JmaStatements.Of(root) is not { } statements)
        {
            return Refused(new Notice("too-many-statements", NoticeSeverity.Error,
                $"It says more than {JmaStatements.MostStatements} things about areas (kinds times areas), which no bulletin of the agency does.")
            { Field = "Body" });
        }

        var kind = JmaKinds.Of(title, root.Child("Body")?.Name.NamespaceName ?? "");
        if (kind.Is("unknown"))
        {
            fields.Warn("kind-unknown", "Control/Title", title, $"'{title}' is a kind of bulletin that is not known here: it is kept on record, and nothing is made of it.");
        }

        return new JmaReading(new JmaReport
        {
            Title = title,
            Kind = kind,
            SentAt = sent,
            Status = status,
            EditorialOffice = control.Text("EditorialOffice"),
            PublishingOffice = control.Text("PublishingOffice"),
            HeadTitle = head.Text("Title") is { Length: > 0 } headTitle ? headTitle : title,
            ReportedAt = reported,
            TargetAt = target,
            ValidUntil = valid,
            EventId = head.Text("EventID"),
            InfoType = infoType,
            Serial = head.Text("Serial"),
            InfoKind = head.Text("InfoKind"),
            Headline = head.Text("Headline", "Text"),
            Texts = JmaTexts.Of(root.Child("Body")),
            Statements = statements,
            Earthquake = JmaEarthquakes.FirstOf(root.Child("Body")),
        }, fields.Notices);
    }

    private static JmaReading Refused(Notice notice) => new(null, [notice]);
}
