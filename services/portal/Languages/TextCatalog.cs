using System.Text.Json;

namespace SmartCity.Portal.Languages;

/// <summary>Every language of the pages. A new file in <c>Text/</c> is a new language; nothing else changes.</summary>
public sealed class TextCatalog
{
    private const string Prefix = "SmartCity.Portal.Text.";
    private const string Suffix = ".json";

    private readonly Dictionary<string, Language> _byCode;

    private TextCatalog(IReadOnlyList<Language> languages)
    {
        Languages = languages;
        _byCode = languages.ToDictionary(language => language.Code, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of the language switch; the first is the default.</summary>
    public IReadOnlyList<Language> Languages { get; }

    public Language Default => Languages[0];

    /// <exception cref="JsonException">A language file is not a JSON object of texts.</exception>
    public static TextCatalog Load()
    {
        var assembly = typeof(TextCatalog).Assembly;
        var languages = new List<Language>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
            languages.Add(new Language(
                name[Prefix.Length..^Suffix.Length],
                texts.ToDictionary(text => text.Key, text => new PhraseTemplate(text.Value), StringComparer.Ordinal)));
        }

        return new TextCatalog([.. languages.OrderBy(language => language.Order, StringComparer.Ordinal)]);
    }

    /// <summary>The language of a code, exactly or by its leading subtags (<c>en-GB</c> is served <c>en</c>), or null.</summary>
    public Language? Find(string? code)
    {
        while (!string.IsNullOrEmpty(code))
        {
            if (_byCode.TryGetValue(code, out var language))
            {
                return language;
            }

            // RFC 4647 lookup: drop the last subtag and try again.
            var dash = code.LastIndexOf('-');
            code = dash < 0 ? null : code[..dash];
        }

        return null;
    }
}
