using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.OpenData;

/// <summary>Under which terms a town gives its readings: the settings <c>licence</c> and <c>attribution</c> of its service <c>telemetry</c>.</summary>
/// <param name="Licence">Such as <c>CC BY 4.0</c>; null where the town says nothing, since nobody else can grant anything.</param>
/// <param name="Attribution">Who is to be named; the town unless it says otherwise.</param>
internal sealed record OpenDataSettings(string? Licence, string Attribution)
{
    // The texts themselves, for clients that follow a link (RFC 8288, relation "license").
    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CC BY 4.0"] = "https://creativecommons.org/licenses/by/4.0/",
        ["CC BY-SA 4.0"] = "https://creativecommons.org/licenses/by-sa/4.0/",
        ["CC0 1.0"] = "https://creativecommons.org/publicdomain/zero/1.0/",
        ["PDL 1.0"] = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
    };

    /// <summary>Where the licence's text is, if that is known.</summary>
    public string? Url => Licence is null ? null
        : Texts.TryGetValue(Licence, out var url) ? url
        : Licence.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(Licence, UriKind.Absolute, out var given) ? given.AbsoluteUri : null;

    public static OpenDataSettings Of(Town town)
    {
        var settings = town.Services.FirstOrDefault(service => service.Name == AppIds.Telemetry)?.Settings;
        return new OpenDataSettings(Text(settings, "licence"), Text(settings, "attribution") ?? town.Name.In("ja"));
    }

    private static string? Text(JsonElement? settings, string name)
        => settings is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
