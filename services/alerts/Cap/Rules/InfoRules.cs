using System.Text.RegularExpressions;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>One info block (section 3.2.2).</summary>
internal static partial class InfoRules
{
    /// <summary>Section 3.2.2: some displays show no more of a headline.</summary>
    public const int LongestHeadline = 160;

    public static void Check(CapAlert alert, CapInfo info, string place, CapNotices notices)
    {
        if (info.Categories.Count == 0 && !notices.Failed($"{place}.category[0]"))
        {
            notices.Error("element-missing", $"{place}.category", null, "'category' is required and not there.");
        }

        if (string.IsNullOrWhiteSpace(info.Event))
        {
            notices.Error("element-missing", $"{place}.event", null, "'event' is required and not there.");
        }

        Times(alert, info, place, notices);
        if (info.Headline?.Length > LongestHeadline)
        {
            notices.Warn("headline-long", $"{place}.headline", info.Headline, $"The headline has {info.Headline.Length} characters; displays show {LongestHeadline}.");
        }

        if (info.Web is { } web)
        {
            if (!Uri.TryCreate(web, UriKind.Absolute, out var uri) || !web.Contains(':', StringComparison.Ordinal))
            {
                notices.Error("uri-form", $"{place}.web", web, "'web' must be an absolute URI, such as https://bousai.example/1.");
            }
            else if (uri.Scheme is not ("http" or "https"))
            {
                notices.Warn("uri-scheme", $"{place}.web", web, "People open 'web' in a browser: give an http or https address.");
            }
        }

        TextRules.Check(notices,
            ($"{place}.event", info.Event), ($"{place}.audience", info.Audience), ($"{place}.senderName", info.SenderName), ($"{place}.headline", info.Headline),
            ($"{place}.description", info.Description), ($"{place}.instruction", info.Instruction), ($"{place}.contact", info.Contact), ($"{place}.web", info.Web));
        ResourceRules.Values(info.EventCodes, $"{place}.eventCode", notices);
        ResourceRules.Values(info.Parameters, $"{place}.parameter", notices);
        for (var index = 0; index < info.Resources.Count; index++)
        {
            ResourceRules.Check(info.Resources[index], $"{place}.resource[{index}]", notices);
        }

        for (var index = 0; index < info.Areas.Count; index++)
        {
            AreaRules.Check(info.Areas[index], $"{place}.area[{index}]", notices);
        }
    }

    public static bool IsLanguage(string tag) => Language().IsMatch(tag);

    private static void Times(CapAlert alert, CapInfo info, string place, CapNotices notices)
    {
        if (info.Expires is not { } expires)
        {
            if (!notices.Failed($"{place}.expires") && alert.MsgType is CapMsgType.Alert or CapMsgType.Update)
            {
                notices.Warn("expires-missing", $"{place}.expires", null, "Nothing says until when the message holds.");
            }

            return;
        }

        var begins = info.Effective ?? (notices.Failed("sent") ? DateTimeOffset.MinValue : alert.Sent);
        if (expires <= begins)
        {
            var message = $"The message would be over before it begins, at {CapTime.Format(begins)}.";
            // Senders end an alert also by a last message without duration.
            if (alert.MsgType is CapMsgType.Alert or CapMsgType.Update && expires < begins)
            {
                notices.Error("expires-before-begin", $"{place}.expires", CapTime.Format(expires), message);
            }
            else
            {
                notices.Warn("expires-before-begin", $"{place}.expires", CapTime.Format(expires), message);
            }
        }

        if (info.Onset > expires)
        {
            notices.Warn("onset-after-expires", $"{place}.onset", CapTime.Format(info.Onset.Value), $"The event would begin after the message is over, at {CapTime.Format(expires)}.");
        }
    }

    // RFC 3066 section 2.1, as the schema's xs:language.
    [GeneratedRegex("^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Language();
}
