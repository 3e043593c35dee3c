using Microsoft.AspNetCore.Components;
using SmartCity.Contracts;
using SmartCity.Portal.StaticFiles;

namespace SmartCity.Portal.Languages;

/// <summary>What every component of a page knows of the request.</summary>
/// <param name="Language">The visitor's language.</param>
/// <param name="Languages">All, for the switch.</param>
/// <param name="Path">Path of the page, for links to itself.</param>
/// <param name="Query">What links to the page in another language keep, with its <c>?</c>; or empty.</param>
/// <param name="Now">One time for the whole page.</param>
/// <param name="Assets">Style sheets and scripts.</param>
public sealed record Visit(Language Language, IReadOnlyList<Language> Languages, string Path, string Query, DateTimeOffset Now, AssetFiles Assets)
{
    /// <summary>A text of the language file for an element's content.</summary>
    public MarkupString Html(string key, params ReadOnlySpan<(string Name, Phrase Value)> values) => Language.Text(key, values).ToMarkup();

    /// <summary>A text of the language file for an attribute or a title: without readings.</summary>
    public string Plain(string key, params ReadOnlySpan<(string Name, Phrase Value)> values) => Language.Text(key, values).ToString();

    /// <summary>A name in the visitor's language, with its reading where the page gives readings.</summary>
    public Phrase Name(LocalizedText name)
        => Language.IsEasy && name.TryGetValue("ja", out var written) && name.TryGetValue("ja-Hira", out var reading)
            ? Phrase.Read(written, reading)
            : Phrase.Of(name.In(Language.HtmlLanguage));

    /// <summary>The language of what <see cref="Name"/> gives, where it is not the page's own; else null.</summary>
    public string? NameLanguage(LocalizedText name)
        => Language.IsEasy || name.ContainsKey(Language.HtmlLanguage) ? null : "ja";

    public Phrase Time(DateTimeOffset time) => Language.Full(time);

    public Phrase ShortTime(DateTimeOffset time) => Language.Short(time, Now);
}
