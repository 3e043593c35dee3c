namespace SmartCity.Portal.Languages;

/// <summary>One language of the pages: a file in <c>Text/</c>.</summary>
public sealed class Language
{
    private readonly IReadOnlyDictionary<string, PhraseTemplate> _texts;

    internal Language(string code, IReadOnlyDictionary<string, PhraseTemplate> texts)
    {
        Code = code;
        _texts = texts;
        Name = Text("language.name").ToString();
        HtmlLanguage = Text("language.html").ToString();
        Order = Text("language.order").ToString();
    }

    /// <summary>In URLs and the cookie: <c>ja</c>, <c>ja-easy</c>, <c>en</c>.</summary>
    public string Code { get; }

    /// <summary>Its own name in itself.</summary>
    public string Name { get; }

    /// <summary>BCP 47 tag for the <c>lang</c> attribute.</summary>
    public string HtmlLanguage { get; }

    internal string Order { get; }

    /// <summary>Whether the file gives readings: then names are shown with theirs too.</summary>
    public bool IsEasy => Code.EndsWith("-easy", StringComparison.Ordinal);

    public IEnumerable<string> Keys => _texts.Keys;

    public bool Has(string key) => _texts.ContainsKey(key);

    internal PhraseTemplate Template(string key) => _texts[key];

    /// <exception cref="KeyNotFoundException">The language file lacks the key, or the page a value.</exception>
    public Phrase Text(string key, params ReadOnlySpan<(string Name, Phrase Value)> values)
        => _texts.TryGetValue(key, out var template)
            ? template.Fill(values)
            : throw new KeyNotFoundException($"Text/{Code}.json lacks '{key}'.");
}
