using SmartCity.Alerts.Jma.Reading;

namespace SmartCity.Alerts.Jma.Wording;

/// <summary>A bulletin's own headline, short enough for CAP.</summary>
internal static class OwnHeadline
{
    /// <summary>CAP 1.2, section 3.2.2: some devices show no more than 160 characters of a headline.</summary>
    private const int MostCharacters = 160;

    /// <returns>Null where it has none that is short enough.</returns>
    public static string? Of(JmaReport report)
    {
        var text = string.Join(' ', report.Headline.Split((char[])['\r', '\n', '\t', ' ', '　'], StringSplitOptions.RemoveEmptyEntries));
        if (text.Length == 0)
        {
            return null;
        }

        var sentence = text.IndexOf('。', StringComparison.Ordinal) + 1;
        return text.Length <= MostCharacters ? text : sentence is > 0 and <= MostCharacters ? text[..sentence] : null;
    }
}
