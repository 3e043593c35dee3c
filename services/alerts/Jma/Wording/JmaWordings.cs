using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Jma.Wording;

/// <summary>Every language in which bulletins are told; the embedded files <c>Jma/Wording/*.json</c>. Japanese first, then English.</summary>
public sealed class JmaWordings
{
    private const string Folder = "SmartCity.Alerts.JmaWording.";

    private static readonly string[] First = ["ja", "en"];

    private JmaWordings(IReadOnlyList<JmaPhrases> languages) => Languages = languages;

    public IReadOnlyList<JmaPhrases> Languages { get; }

    public static JmaWordings Load()
    {
        var assembly = typeof(JmaWordings).Assembly;
        return new JmaWordings([.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .Select(name => Read(assembly.GetManifestResourceStream(name)!))
            .OrderBy(words => Array.IndexOf(First, words.Language) is var index && index < 0 ? First.Length : index)
            .ThenBy(words => words.Language, StringComparer.Ordinal)
            .Select(words => new JmaPhrases(words))]);
    }

    private static JmaWords Read(Stream stream)
    {
        using (stream)
        {
            return JsonSerializer.Deserialize<JmaWords>(stream, CityJson.Options)!;
        }
    }
}
