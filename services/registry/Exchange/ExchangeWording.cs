using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Exchange;

/// <summary>Says a record in a sentence. A language is one file of <c>Wording/</c>.</summary>
public sealed class ExchangeWording
{
    private const string DefaultLanguage = "ja";
    private const string Prefix = "SmartCity.Registry.Exchange.Wording.";
    private readonly FrozenDictionary<string, Words> _languages;

    private ExchangeWording(IEnumerable<KeyValuePair<string, Words>> languages)
        => _languages = languages.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Languages => _languages.Keys;

    public static ExchangeWording Load()
    {
        var assembly = typeof(ExchangeWording).Assembly;
        return new ExchangeWording(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return KeyValuePair.Create(name[Prefix.Length..^".json".Length], JsonSerializer.Deserialize<Words>(stream, CityJson.Options)!);
        }));
    }

    /// <summary>The first language of <c>Accept-Language</c> that there is, by its weight; Japanese otherwise.</summary>
    public string LanguageOf(HttpRequest request)
        => request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString())
            .Select(asked => _languages.Keys.FirstOrDefault(known => string.Equals(known, asked, StringComparison.OrdinalIgnoreCase))
                ?? _languages.Keys.FirstOrDefault(known => string.Equals(known, asked.Split('-')[0], StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(language => language is not null) ?? DefaultLanguage;

    /// <param name="row">The record.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="subject">Whose data it was.</param>
    /// <param name="towns">Where the names of municipalities come from.</param>
    public MyExchangeView Describe(ExchangeRow row, string language, string subject, ITownDirectory towns)
    {
        var (words, recorded) = (_languages[language], ExchangeView.EventOf(row));
        var isOwn = recorded.Actor.Subject == subject;
        var template = isOwn ? words.Own : recorded.OnBehalfOf is null ? words.Other : words.OnBehalf;
        var sentence = template
            .Replace("{time}", recorded.At.ToString(words.TimeFormat, CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{role}", In(words.Roles, recorded.Actor.Role), StringComparison.Ordinal)
            .Replace("{town}", TownOf(recorded.Actor.Municipality), StringComparison.Ordinal)
            .Replace("{operation}", In(words.Operations, recorded.Operation), StringComparison.Ordinal)
            .Replace("{service}", In(words.Services, recorded.Service), StringComparison.Ordinal)
            .Replace("{purpose}", In(words.Purposes, recorded.Purpose), StringComparison.Ordinal)
            .Replace("{result}", In(words.Results, recorded.Result), StringComparison.Ordinal);
        return new MyExchangeView(row.Sequence.ToString(CultureInfo.InvariantCulture), recorded.At, sentence, recorded.Service, recorded.Operation,
            recorded.Purpose, recorded.Actor.Role, recorded.Actor.Municipality, recorded.OnBehalfOf is not null, recorded.Result);

        string TownOf(string code) => towns.TryGet(code, out var town) ? town.Name.In(language) : In(words.Towns, code);
    }

    // A code that came later than its words is shown as it is, in the place of its words.
    private static string In(IReadOnlyDictionary<string, string> words, string code)
        => words.TryGetValue(code, out var text) ? text : words.TryGetValue("*", out var any) ? any.Replace("{code}", code, StringComparison.Ordinal) : code;
}

/// <summary>The words of one language.</summary>
public sealed record Words
{
    public required string Own { get; init; }

    public required string Other { get; init; }

    public required string OnBehalf { get; init; }

    public required string TimeFormat { get; init; }

    /// <summary>For codes that are no municipality of this installation.</summary>
    public required IReadOnlyDictionary<string, string> Towns { get; init; }

    public required IReadOnlyDictionary<string, string> Roles { get; init; }

    public required IReadOnlyDictionary<string, string> Operations { get; init; }

    public required IReadOnlyDictionary<string, string> Services { get; init; }

    public required IReadOnlyDictionary<string, string> Purposes { get; init; }

    public required IReadOnlyDictionary<string, string> Results { get; init; }
}
