using System.Globalization;
using System.Text.Json;

namespace SmartCity.Cli.Output;

/// <summary>What the command says, in one language, from <c>Text/{language}.json</c>. Placeholders are <c>{0}</c>, <c>{1}</c>.</summary>
public sealed class Words
{
    private static readonly string[] Known = ["en", "ja"];
    private readonly Dictionary<string, string> _texts;

    private Words(string language, Dictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    public string Language { get; }

    /// <summary>A text that the language file does not have is a fault of ours; a test finds it.</summary>
    public string this[string key, params ReadOnlySpan<object?> values]
        => string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    /// <summary>So many of something, in the number that the language asks for: <c>count.{what}.one</c> or <c>.many</c>.</summary>
    public string Count(string what, long number) => this[$"count.{what}.{(number == 1 ? "one" : "many")}", number];

    /// <summary>A text whose key comes from elsewhere, such as the code of a fault; null where there is none.</summary>
    public string? Find(string key) => _texts.GetValueOrDefault(key);

    internal IReadOnlyDictionary<string, string> All => _texts;

    /// <summary><c>--language</c>, or else what the environment's locale says, or else English.</summary>
    public static Words Choose(IReadOnlyList<string> arguments, Func<string, string?> variable)
    {
        var place = arguments.ToList().FindIndex(argument => argument == "--language" || argument.StartsWith("--language=", StringComparison.Ordinal));
        var asked = place < 0 ? null
            : arguments[place].Contains('=', StringComparison.Ordinal) ? arguments[place].Split('=')[1]
            : place + 1 < arguments.Count ? arguments[place + 1] : null;
        var locale = asked ?? new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "en";
        return Load(Array.Find(Known, language => locale.StartsWith(language, StringComparison.OrdinalIgnoreCase)) ?? "en");
    }

    internal static Words Load(string language)
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream($"SmartCity.Cli.Text.{language}.json")!;
        return new Words(language, JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!);
    }
}
