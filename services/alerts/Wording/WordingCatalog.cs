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
    public string MarkOf(CapStatus status, string language) => (Find(language) ?? Languages[1]).MarkOf(status);

    /// <summary>The words of a drill or test, each of which says so: whatever shows only one of them still does.</summary>
    public IReadOnlyList<AlertInfoView> Marked(CapStatus status, IReadOnlyList<AlertInfoView> info)
        => status == CapStatus.Actual ? info : [.. info.Select(words => Marked(MarkOf(status, words.Language), words))];

    /// <summary>The words as they go out: marked, and with what loudspeakers say in every language that is known here.</summary>
    public IReadOnlyList<AlertInfoView> Finished(CapStatus status, IReadOnlyList<AlertInfoView> info) => Marked(status, [.. info.Select(words => words with
    {
        Spoken = Find(words.Language) is { } own ? WithMark(own.SpokenMarkOf(status), words.Spoken ?? own.Say(words, status)) : null,
    })]);

    /// <summary>The language itself, or the one that it is a kind of: <c>pt</c> for <c>pt-BR</c>.</summary>
    private Phrases? Find(string language)
        => Languages.FirstOrDefault(words => language.Equals(words.Language, StringComparison.OrdinalIgnoreCase) || language.Equals(words.CapLanguage, StringComparison.OrdinalIgnoreCase))
            ?? Languages.FirstOrDefault(words => language.StartsWith(words.Language + "-", StringComparison.OrdinalIgnoreCase));

    private static AlertInfoView Marked(string mark, AlertInfoView words) => words with
    {
        Event = WithMark(mark, words.Event),
        LevelName = words.LevelName is { } level ? WithMark(mark, level) : null,
        Headline = WithMark(mark, words.Headline),
        Description = WithMark(mark, words.Description),
        Instruction = WithMark(mark, words.Instruction),
    };

    private static string WithMark(string mark, string text) => text.Length == 0 || text.StartsWith(mark, StringComparison.Ordinal) ? text : mark + text;

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
