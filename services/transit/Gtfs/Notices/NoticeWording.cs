using System.Collections.Frozen;
using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.Transit.Gtfs.Notices;

/// <summary>The sentences of notices, one file for each language: <c>Gtfs/Wording/*.json</c>.</summary>
public sealed class NoticeWording
{
    private const string Folder = "SmartCity.Transit.Gtfs.Wording.";
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;

    private NoticeWording(FrozenDictionary<string, FrozenDictionary<string, string>> languages) => _languages = languages;

    /// <summary>Languages that have words.</summary>
    public IReadOnlyCollection<string> Languages => _languages.Keys;

    /// <exception cref="InvalidDataException">A file lacks a code.</exception>
    public static NoticeWording Load()
    {
        var assembly = typeof(NoticeWording).Assembly;
        var languages = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var words = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
            var missing = NoticeCodes.All.Keys.Where(code => !words.ContainsKey(code)).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                throw new InvalidDataException($"{name} has no words for {string.Join(", ", missing)}.");
            }

            languages[name[Folder.Length..^".json".Length]] = words;
        }

        return new NoticeWording(languages.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The notice for people of a language; English where it has no words here.</summary>
    public Notice Say(FeedNotice notice, string language)
    {
        var words = _languages.GetValueOrDefault(language) ?? _languages.GetValueOrDefault(language.Split('-')[0]) ?? _languages["en"];
        var sentence = notice.Detail is not null && words.TryGetValue($"{notice.Code}:{notice.Detail}", out var special) ? special : words[notice.Code];
        return new Notice(notice.Code, notice.Severity, Fill(sentence, notice))
        {
            File = notice.File,
            Line = notice.Line,
            Field = notice.Field,
            Value = notice.Value,
        };
    }

    public IReadOnlyList<Notice> Say(FeedNotices notices, string language) => [.. notices.Samples.Select(notice => Say(notice, language))];

    private static string Fill(string sentence, FeedNotice notice) => sentence
        .Replace("{file}", notice.File ?? "", StringComparison.Ordinal)
        .Replace("{field}", notice.Field ?? "", StringComparison.Ordinal)
        .Replace("{value}", notice.Value ?? "", StringComparison.Ordinal)
        .Replace("{detail}", notice.Detail ?? "", StringComparison.Ordinal);
}
