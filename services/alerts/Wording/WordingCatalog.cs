using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Wording;

/// <summary>Every language that alerts speak: Japanese first, then English, then the others by name.</summary>
public sealed class WordingCatalog
{
    private const string Folder = "SmartCity.Alerts.Wording.";

    private static readonly string[] First = ["ja", "en"];

    private WordingCatalog(IReadOnlyList<Phrases> languages) => Languages = languages;

    public IReadOnlyList<Phrases> Languages { get; }

    /// <summary>Reads the embedded files <c>Wording/*.json</c>.</summary>
    /// <exception cref="InvalidDataException">A file lacks a level.</exception>
    public static WordingCatalog Load()
    {
        var assembly = typeof(WordingCatalog).Assembly;
        return new WordingCatalog([.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .Select(name => Read(name, assembly.GetManifestResourceStream(name)!))
            .OrderBy(words => Array.IndexOf(First, words.Language) is var index && index < 0 ? First.Length : index)
            .ThenBy(words => words.Language, StringComparer.Ordinal)
            .Select(words => new Phrases(words))]);
    }

    /// <summary>What a message of this status begins with; English where the language has no words here.</summary>
    public string MarkOf(CapStatus status, string language)
    {
        var own = Languages.FirstOrDefault(words => language.Equals(words.Language, StringComparison.OrdinalIgnoreCase))
            ?? Languages.FirstOrDefault(words => language.StartsWith(words.Language + "-", StringComparison.OrdinalIgnoreCase));
        return (own ?? Languages[1]).MarkOf(status);
    }

    /// <summary>The words of a drill or test, each of which says so: whatever shows only one of them still does.</summary>
    public IReadOnlyList<AlertInfoView> Marked(CapStatus status, IReadOnlyList<AlertInfoView> info)
        => status == CapStatus.Actual ? info : [.. info.Select(words => words with
        {
            Event = Marked(status, words.Language, words.Event),
            LevelName = words.LevelName is { } level ? Marked(status, words.Language, level) : null,
            Headline = Marked(status, words.Language, words.Headline),
            Description = Marked(status, words.Language, words.Description),
            Instruction = Marked(status, words.Language, words.Instruction),
        })];

    private string Marked(CapStatus status, string language, string text)
        => MarkOf(status, language) is var mark && (text.Length == 0 || text.StartsWith(mark, StringComparison.Ordinal)) ? text : mark + text;

    /// <summary>The alert's words in every language.</summary>
    public IReadOnlyList<AlertInfoView> Describe(AlertSubject subject) => [.. Languages.Select(language => language.Describe(subject))];

    private static WordingFile Read(string name, Stream stream)
    {
        using (stream)
        {
            var words = JsonSerializer.Deserialize<WordingFile>(stream, CityJson.Options)!;
            var missing = Enumerable.Range(1, 5).Where(level => !words.Levels.ContainsKey(level)).ToList();
            return missing.Count == 0
                ? words
                : throw new InvalidDataException($"{name} has no words for level {string.Join(", ", missing)}.");
        }
    }
}
