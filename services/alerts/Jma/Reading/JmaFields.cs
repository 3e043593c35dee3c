using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>Reads the single fields of a bulletin and collects what is wrong with them.</summary>
internal sealed partial class JmaFields
{
    private readonly List<Notice> _notices = [];

    public IReadOnlyList<Notice> Notices => _notices;

    public bool HasErrors => _notices.Exists(notice => notice.Severity == NoticeSeverity.Error);

    public string Required(string field, string text)
    {
        if (text.Length == 0)
        {
            Fault("field-missing", field, text, $"{field} is missing or empty.");
        }

        return text;
    }

    public DateTimeOffset Time(string field, string text)
    {
        if (text.Length > 0)
        {
            return OptionalTime(field, text) ?? default;
        }

        Fault("field-missing", field, text, $"{field} is missing or empty: when it was issued decides what it replaces.");
        return default;
    }

    public DateTimeOffset? OptionalTime(string field, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!WithOffset().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            var hasNone = WithoutOffset().IsMatch(text);
            Fault(hasNone ? "time-without-offset" : "time-malformed", field, text, hasNone
                ? $"{field} has no offset, so it could mean any time zone; write it as {text}+09:00."
                : $"{field} is no time such as 2026-07-01T03:00:00+09:00.");
            return null;
        }

        return time;
    }

    public JmaStatus StatusOf(string text)
    {
        switch (text)
        {
            case "通常":
                return JmaStatus.Normal;
            case "訓練":
                return JmaStatus.Drill;
            case "試験":
                return JmaStatus.Test;
            default:
                // Whether it is real cannot be guessed.
                Fault("status-unknown", "Control/Status", text, "Control/Status must be 通常, 訓練 or 試験.");
                return default;
        }
    }

    public JmaInfoType InfoTypeOf(string text)
    {
        switch (text)
        {
            case "発表":
                return JmaInfoType.Issued;
            case "遅延":
                return JmaInfoType.Delayed;
            case "訂正":
                return JmaInfoType.Corrected;
            case "取消":
                return JmaInfoType.Cancelled;
            default:
                Fault("info-type-unknown", "Head/InfoType", text, "Head/InfoType must be 発表, 訂正, 遅延 or 取消.");
                return default;
        }
    }

    public void Warn(string code, string field, string value, string message)
        => _notices.Add(new Notice(code, NoticeSeverity.Warning, message) { Field = field, Value = value });

    private void Fault(string code, string field, string value, string message)
        => _notices.Add(new Notice(code, NoticeSeverity.Error, message) { Field = field, Value = value.Length <= 100 ? value : value[..100] });

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithOffset();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithoutOffset();
}
