using SmartCity.Contracts;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>
/// What a CAP 1.2 message must keep beyond its schema. Errors break the standard or cannot be acted on; warnings are what it
/// advises against. The same rules hold for what others send and for what is written here.
/// </summary>
public static class CapRules
{
    /// <summary>Every fault of a message that was made here.</summary>
    /// <param name="now">For times that cannot be yet.</param>
    public static IReadOnlyList<Notice> Check(CapAlert alert, DateTimeOffset now)
    {
        var notices = new CapNotices();
        Check(alert, now, notices);
        return notices.All;
    }

    internal static void Check(CapAlert alert, DateTimeOffset now, CapNotices notices)
    {
        MessageRules.Check(alert, now, notices);
        ReferenceRules.Check(alert, notices);
        for (var index = 0; index < alert.Info.Count; index++)
        {
            InfoRules.Check(alert, alert.Info[index], $"info[{index}]", notices);
        }

        LanguageRules.Check(alert, notices);
    }
}
