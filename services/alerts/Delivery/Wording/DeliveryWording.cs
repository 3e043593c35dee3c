using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Delivery.Wording;

/// <summary>What deliveries say around an alert, by language: Japanese first. Another language is one more file here.</summary>
public sealed class DeliveryWording
{
    private const string Folder = "SmartCity.Alerts.Delivery.Wording.";

    private static readonly string[] First = ["ja", "ja-Hira", "en"];

    private DeliveryWording(IReadOnlyList<DeliveryWords> languages) => Languages = languages;

    public IReadOnlyList<DeliveryWords> Languages { get; }

    /// <summary>Reads the embedded files <c>Delivery/Wording/*.json</c>.</summary>
    public static DeliveryWording Load()
    {
        var assembly = typeof(DeliveryWording).Assembly;
        return new DeliveryWording([.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<DeliveryWords>(stream, CityJson.Options)!;
            })
            .OrderBy(words => Array.IndexOf(First, words.Language) is var index && index < 0 ? First.Length : index)
            .ThenBy(words => words.Language, StringComparer.Ordinal)]);
    }

    public DeliveryWords Of(string language) => Languages.FirstOrDefault(words => words.Language == language) ?? Languages[0];
}

/// <summary>The words of one language. Braces name what is filled in.</summary>
public sealed record DeliveryWords
{
    public required string Language { get; init; }

    /// <summary>What is stored about a subscriber, for how long, and how it ends.</summary>
    public required string Stored { get; init; }

    public required string ConfirmSubject { get; init; }

    public required string ConfirmText { get; init; }

    public required string ConfirmHeading { get; init; }

    public required string ConfirmButton { get; init; }

    public required string ConfirmDone { get; init; }

    public required string LinkGone { get; init; }

    public required string UnsubscribeLine { get; init; }

    public required string UnsubscribeHeading { get; init; }

    public required string UnsubscribeButton { get; init; }

    public required string UnsubscribeDone { get; init; }

    public required string ValidUntil { get; init; }

    public required string MoreAt { get; init; }

    public required string TimeFormat { get; init; }

    public required string SelfTestEvent { get; init; }

    public required string SelfTestHeadline { get; init; }

    public required string SelfTestDescription { get; init; }

    public required string SelfTestInstruction { get; init; }
}
