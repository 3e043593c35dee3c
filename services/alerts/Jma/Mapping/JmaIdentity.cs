using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.Alerts.Jma.Reading;

namespace SmartCity.Alerts.Jma.Mapping;

/// <summary>
/// Which bulletin it is, and which others are about the same. A cancellation repeats the serial of what it takes back, so title,
/// EventID, serial and InfoType together name a bulletin; where those are empty or come again, the time of report does.
/// </summary>
public static class JmaIdentity
{
    /// <summary>The CAP sender of every bulletin.</summary>
    public const string Sender = "xml.kishou.go.jp";

    private const int MostOfEventId = 32;

    /// <summary>The CAP identifier: <c>jma-eew-forecast-20240417231454-32-cancelled-1f0c2a9be4d7</c>. Without spaces, commas, &lt; and &amp; (CAP 1.2, section 3.2.1).</summary>
    public static string IdentifierOf(JmaReport report)
    {
        var whole = string.Join('\n', report.Title, report.EventId, report.Serial, report.InfoType, report.Status, report.EditorialOffice,
            report.ReportedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 6));
        return string.Join('-', new[] { "jma", report.Kind.Key, Plain(report.EventId), Plain(report.Serial), report.InfoType.ToString().ToLowerInvariant(), hash }
            .Where(part => part.Length > 0));
    }

    /// <summary>What all bulletins about one thing have in common: line of kinds, event and status. Weather warnings have no EventID: their office's newest takes the place of the one before.</summary>
    public static string ChainOf(JmaReport report)
        => $"{report.Kind.Line}|{(report.EventId.Length > 0 ? report.EventId : report.EditorialOffice)}|{report.Status}";

    /// <summary>Below zero when the first is older; both must be of one kind, since each counts its own serials. At one time of report the serial decides, then correction and cancellation come last.</summary>
    public static int Compare((DateTimeOffset ReportedAt, string Serial, JmaInfoType InfoType) left, (DateTimeOffset ReportedAt, string Serial, JmaInfoType InfoType) right)
    {
        var byTime = left.ReportedAt.CompareTo(right.ReportedAt);
        var bySerial = byTime != 0 ? byTime : NumberOf(left.Serial).CompareTo(NumberOf(right.Serial));
        return bySerial != 0 ? bySerial : left.InfoType.CompareTo(right.InfoType);
    }

    private static int NumberOf(string serial) => int.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Plain(string text)
    {
        var plain = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        return plain.Length <= MostOfEventId ? plain : plain[..MostOfEventId];
    }
}
