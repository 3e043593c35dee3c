using System.Globalization;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>Names of the languages in which alerts speak; more come with the alerts service, so none are listed here.</summary>
internal static class LanguageNames
{
    /// <summary>In itself, such as <c>Tiếng Việt</c>; easy Japanese by its own name. The tag where nobody has a name for it.</summary>
    public static string Of(Visit visit, string tag)
    {
        if (tag.Equals("ja-Hira", StringComparison.OrdinalIgnoreCase))
        {
            return visit.Plain("desk.language.easy");
        }

        if (visit.Languages.FirstOrDefault(language => language.Code.Equals(tag, StringComparison.OrdinalIgnoreCase)) is { } own)
        {
            return own.Name;
        }

        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).NativeName is { Length: > 0 } name ? name : tag;
        }
        catch (CultureNotFoundException)
        {
            // Without names of languages on this machine the tag still says which one it is.
            return tag;
        }
    }
}
