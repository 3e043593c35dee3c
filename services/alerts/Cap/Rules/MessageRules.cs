using System.Buffers;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>The message itself (section 3.2.1).</summary>
internal static class MessageRules
{
    /// <summary>Clocks of two machines may differ by this much.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private static readonly SearchValues<char> Refused = SearchValues.Create(" ,<&\t\r\n\u00a0\u3000");

    public static void Check(CapAlert alert, DateTimeOffset now, CapNotices notices)
    {
        Name(alert.Identifier, "identifier", notices);
        Name(alert.Sender, "sender", notices);
        if (!notices.Failed("sent") && alert.Sent > now + ClockTolerance)
        {
            notices.Warn("sent-in-future", "sent", CapTime.Format(alert.Sent), $"This message will be sent only later than now, {CapTime.Format(now)}: a clock is wrong.");
        }

        Scope(alert, notices);
        if (alert is { MsgType: CapMsgType.Alert or CapMsgType.Update, Info.Count: 0 })
        {
            notices.Warn("info-missing", "info", null, "The message has no info block, so it says nothing to anybody.");
        }

        if (alert is { Note: null, MsgType: CapMsgType.Error })
        {
            notices.Warn("note-missing", "note", null, "An Error should explain itself in 'note'.");
        }

        if (alert is { Note: null, Status: CapStatus.Exercise })
        {
            notices.Warn("note-missing", "note", null, "An Exercise should name the exercise in 'note'.");
        }

        TextRules.Check(notices, ("sender", alert.Sender), ("source", alert.Source), ("note", alert.Note), ("restriction", alert.Restriction));
        foreach (var (code, index) in alert.Codes.Select((code, index) => (code, index)))
        {
            TextRules.Check(notices, ($"code[{index}]", code));
        }
    }

    private static void Name(string text, string place, CapNotices notices)
    {
        if (text.Length == 0)
        {
            notices.Error("element-missing", place, null, $"'{place}' is required and not there.");
        }
        else if (text.AsSpan().ContainsAny(Refused))
        {
            notices.Error(place + "-form", place, text, $"'{place}' must have no spaces, commas, < and &: references could not name it.");
        }

    }

    private static void Scope(CapAlert alert, CapNotices notices)
    {
        if (notices.Failed("scope"))
        {
            return;
        }

        if (alert is { Scope: CapScope.Restricted, Restriction: null })
        {
            notices.Error("restriction-missing", "restriction", null, "A message of scope Restricted says in 'restriction' who may have it.");
        }
        else if (alert is { Scope: not CapScope.Restricted, Restriction: not null })
        {
            notices.Warn("restriction-without-scope", "restriction", alert.Restriction, $"'restriction' belongs to scope Restricted; this one is {alert.Scope}.");
        }

        if (alert is { Scope: CapScope.Private, Addresses.Count: 0 })
        {
            notices.Error("addresses-missing", "addresses", null, "A message of scope Private says in 'addresses' for whom it is.");
        }
    }
}
