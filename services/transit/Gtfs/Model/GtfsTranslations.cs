using System.Runtime.InteropServices;

namespace SmartCity.Transit.Gtfs.Model;

/// <summary>
/// translations.txt, in the form of GTFS (by table, field and record or value) and in the older one of GTFS-JP
/// (<c>trans_id</c> is the text itself).
/// </summary>
public sealed class GtfsTranslations
{
    public static readonly GtfsTranslations None = new([], new HashSet<string>(StringComparer.OrdinalIgnoreCase));

    private readonly Dictionary<TranslationKey, string> _texts;

    internal GtfsTranslations(Dictionary<TranslationKey, string> texts, IReadOnlySet<string> languages)
    {
        _texts = texts;
        Languages = languages;
    }

    /// <summary>Languages that have at least one text.</summary>
    public IReadOnlySet<string> Languages { get; }

    public int Count => _texts.Count;

    /// <summary>The text in a language, or null where the feed has none. <c>ja-Hira</c> is also what feeds call <c>ja-Hrkt</c>; who asks for <c>en-US</c>, as browsers do, takes <c>en</c> too.</summary>
    /// <param name="table">Without its ending, such as <c>stops</c>.</param>
    /// <param name="field">Such as <c>stop_name</c>.</param>
    /// <param name="recordId">The entity's key.</param>
    /// <param name="value">The text as it stands in the table.</param>
    /// <param name="recordSubId">Second part of the key, such as a stop sequence.</param>
    public string? Find(string table, string field, string recordId, string value, string language, string recordSubId = "")
        => FindIn(table, field, recordId, value, language.ToLowerInvariant(), recordSubId)
            ?? (language.Equals("ja-Hira", StringComparison.OrdinalIgnoreCase) ? FindIn(table, field, recordId, value, "ja-hrkt", recordSubId) : null)
            ?? (language.Length > 3 && language[^3] == '-' ? FindIn(table, field, recordId, value, language[..^3].ToLowerInvariant(), recordSubId) : null);

    private string? FindIn(string table, string field, string recordId, string value, string language, string recordSubId)
        => _texts.Count == 0 ? null
            : _texts.TryGetValue(TranslationKey.OfRecord(table, field, recordId, recordSubId, language), out var text)
            || _texts.TryGetValue(TranslationKey.OfValue(table, field, value, language), out text)
            || _texts.TryGetValue(TranslationKey.OfAnyField(value, language), out text) ? text : null;
}

/// <summary>What a translation is of.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TranslationKey(string Table, string Field, string Key, string SubKey, bool IsValue, string Language)
{
    public static TranslationKey OfRecord(string table, string field, string id, string subId, string language) => new(table, field, id, subId, false, language);

    public static TranslationKey OfValue(string table, string field, string value, string language) => new(table, field, value, "", true, language);

    public static TranslationKey OfAnyField(string value, string language) => new("", "", value, "", true, language);
}
