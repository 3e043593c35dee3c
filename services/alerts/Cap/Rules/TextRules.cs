using System.Text.RegularExpressions;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>Texts that people read or hear.</summary>
internal static partial class TextRules
{
    public const string NumberMessage = "This holds a 12-digit number that passes the check of an Individual Number (マイナンバー). It is never stored here: take it out.";

    public static void Check(CapNotices notices, params ReadOnlySpan<(string Place, string? Text)> texts)
    {
        foreach (var (place, text) in texts)
        {
            if (string.IsNullOrEmpty(text))
            {
                continue;
            }

            if (MyNumber.IsIn(text))
            {
                // The number itself is not repeated.
                notices.Error(MyNumberRefusal.Code, place, null, NumberMessage);
            }

            if (Markup().IsMatch(text))
            {
                notices.Warn("html-in-text", place, text, "This looks like HTML. CAP's texts are plain: displays show and voices read the marks.");
            }
        }
    }

    [GeneratedRegex("</?[A-Za-z][A-Za-z0-9]*(\\s[^<>]*)?/?>|<!--|&(amp|lt|gt|quot|nbsp|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Markup();
}
