using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.Alerts.Reports.Findings;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Reports.Writing;

/// <summary>Every language that reports speak: Japanese first. Another one is one more file in <c>Reports/Wording</c>.</summary>
internal sealed class ReportWording
{
    private const string Folder = "SmartCity.Alerts.Reports.Wording.";

    private ReportWording(IReadOnlyList<ReportWords> languages) => Languages = languages;

    public IReadOnlyList<ReportWords> Languages { get; }

    public static ReportWording Load()
    {
        var assembly = typeof(ReportWording).Assembly;
        return new ReportWording([.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<ReportWords>(stream, CityJson.Options)!;
            })
            .OrderBy(words => words.Language == "ja" ? 0 : 1).ThenBy(words => words.Language, StringComparer.Ordinal)]);
    }

    /// <summary>The findings with their sentences.</summary>
    public IReadOnlyList<Finding> Say(IEnumerable<Finding> findings) => [.. findings.Select(finding =>
    {
        var text = new LocalizedText();
        foreach (var words in Languages)
        {
            text[words.Language] = words.Say(finding);
        }

        return finding with { Text = text };
    })];

    /// <summary><c>?lang=</c>, else the first of <c>Accept-Language</c> that is there, else Japanese.</summary>
    public ReportWords For(HttpRequest request)
        => Find(request.Query["lang"])
            ?? request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => Find(language.Value.Value)).FirstOrDefault(words => words is not null)
            ?? Languages[0];

    private ReportWords? Find(string? language)
        => language is null ? null : Languages.FirstOrDefault(words => language.Split('-')[0].Equals(words.Language, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The words of one language. Braces name what is filled in, and how: <c>{p99:duration}</c>.</summary>
internal sealed partial record ReportWords
{
    public required string Language { get; init; }

    public required IReadOnlyDictionary<string, string> Sentences { get; init; }

    public required IReadOnlyDictionary<string, string> Channels { get; init; }

    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    public required string RefusedWith { get; init; }

    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    public required IReadOnlyDictionary<string, string> MessageTypes { get; init; }

    public required IReadOnlyDictionary<string, string> ShelterStatuses { get; init; }

    public required string Hours { get; init; }

    public required string Minutes { get; init; }

    public required string Seconds { get; init; }

    public required string Hint { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public string this[string label] => Labels[label];

    public string Say(Finding finding) => Place().Replace(Sentences[finding.Code], match =>
    {
        var value = finding.Values[match.Groups["name"].Value];
        return match.Groups["form"].Value switch
        {
            "duration" => Duration(double.Parse(value, CultureInfo.InvariantCulture)),
            "time" => value.Length == 0 ? this["notKnown"] : Time(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture)),
            "channel" => Channel(value),
            "why" => Why(value),
            _ => value,
        };
    });

    public string Channel(string name) => Channels.GetValueOrDefault(name, name);

    public string Why(string code) => Reasons.GetValueOrDefault(code)
        ?? (code.StartsWith("status-", StringComparison.Ordinal) ? RefusedWith.Replace("{code}", code["status-".Length..], StringComparison.Ordinal) : code);

    /// <summary>Day and time of Japan: 7/1 03:00:12.</summary>
    public static string Time(DateTimeOffset time) => JapanTime.From(time).ToString("M/d HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>With year and offset, for what stands alone.</summary>
    public static string FullTime(DateTimeOffset time) => JapanTime.From(time).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>A word, and in brackets which one.</summary>
    public string Bracketed(string word, string which) => Language == "ja" ? $"{word}（{which}）" : $"{word} ({which})";

    /// <summary>Two units at most; below ten seconds with a decimal, below one with two.</summary>
    public string Duration(double seconds) => seconds switch
    {
        < 0.995 => Fill(Seconds, seconds.ToString("0.00", CultureInfo.InvariantCulture)),
        < 9.95 => Fill(Seconds, seconds.ToString("0.0", CultureInfo.InvariantCulture)),
        < 59.5 => Fill(Seconds, seconds.ToString("0", CultureInfo.InvariantCulture)),
        < 3599.5 => Pair(Minutes, Math.Round(seconds), 60, Seconds),
        _ => Pair(Hours, Math.Round(seconds / 60), 60, Minutes),
    };

    private string Pair(string large, double amount, int perLarge, string small)
    {
        var rest = amount % perLarge;
        var text = Fill(large, Math.Floor(amount / perLarge).ToString("0", CultureInfo.InvariantCulture));
        return rest == 0 ? text : text + (Language == "ja" ? "" : " ") + Fill(small, rest.ToString("0", CultureInfo.InvariantCulture));
    }

    private static string Fill(string template, string number) => template.Replace("{n}", number, StringComparison.Ordinal);

    [GeneratedRegex(@"\{(?<name>\w+)(:(?<form>\w+))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
