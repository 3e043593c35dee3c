using System.Xml.Linq;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>What a body says in sentences, in its own order.</summary>
internal static class JmaTexts
{
    /// <summary>Longer texts are notes for specialists; an alert has to be read.</summary>
    private const int MostCharacters = 4000;

    private static readonly HashSet<string> Sentences = new(StringComparer.Ordinal)
    {
        "Text", "FreeFormComment", "VolcanoActivity", "VolcanoPrevention", "NextAdvisory", "Notice",
    };

    /// <summary>Tables of figures with a sentence here and there.</summary>
    private static readonly HashSet<string> Passed = new(StringComparer.Ordinal) { "MeteorologicalInfos", "OfficeInfo", "AdditionalInfo", "AshInfos", "Appendix", "TimeSeriesInfo" };

    public static IReadOnlyList<string> Of(XElement? body)
    {
        var texts = new List<string>();
        if (body is not null)
        {
            Collect(body, texts);
        }

        return texts;
    }

    private static void Collect(XElement element, List<string> texts)
    {
        foreach (var child in element.Elements().Where(child => !Passed.Contains(child.Name.LocalName)))
        {
            if (!Sentences.Contains(child.Name.LocalName))
            {
                Collect(child, texts);
            }
            else if (child.Value.Trim() is { Length: > 0 } text && !texts.Contains(text, StringComparer.Ordinal)
                && texts.Sum(said => said.Length) + text.Length <= MostCharacters)
            {
                texts.Add(text);
            }
        }
    }
}
