namespace SmartCity.Contracts;

/// <summary>A text in several languages, keyed by BCP 47 language (<c>ja</c>, <c>en</c>, <c>ja-Hira</c>).</summary>
public sealed class LocalizedText : Dictionary<string, string>
{
    public LocalizedText()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public LocalizedText(string japanese, string english)
        : this()
    {
        this["ja"] = japanese;
        this["en"] = english;
    }

    /// <summary>
    /// The text in a language, or else in Japanese; for those who write neither kana nor Chinese characters in English before.
    /// At last in whatever there is.
    /// </summary>
    public string In(string language)
        => TryGetValue(language, out var text) || (!ReadsCharacters(language) && TryGetValue("en", out text)) || TryGetValue("ja", out text)
            ? text
            : Values.FirstOrDefault() ?? "";

    private static bool ReadsCharacters(string language) => language.Split('-')[0] is "ja" or "zh";
}
