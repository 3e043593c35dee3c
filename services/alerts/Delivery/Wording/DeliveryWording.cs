using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.Wording;

/// <summary>What deliveries say around an alert, by language: Japanese first. Another language is one more file here.</summary>
public sealed class DeliveryWording
{
    private const string Folder = "SmartCity.Alerts.Delivery.Wording.";

    private static readonly string[] First = ["ja", "ja-Hira", "en"];

    private readonly DeliveryWords _marksOfOthers;

    private DeliveryWording(IReadOnlyList<DeliveryWords> languages)
    {
        Languages = languages;
        // A text in a language without words of its own carries both marks: somebody nearby reads one of them.
        var (japanese, english) = (Of("ja"), Of("en"));
        _marksOfOthers = japanese with { ExerciseMark = $"{japanese.ExerciseMark}{english.ExerciseMark} ", TestMark = $"{japanese.TestMark}{english.TestMark} " };
    }

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

    /// <summary>Every text of an alert that is no real one begins with the mark that says so, whatever the channel shows of it.</summary>
    public AlertView Marked(AlertView view) => view.Status == nameof(CapStatus.Actual)
        ? view
        : view with { Info = [.. view.Info.Select(info => Marked(info, view.Status))] };

    private AlertInfoView Marked(AlertInfoView info, string status)
    {
        var words = Languages.FirstOrDefault(words => words.Language == info.Language) ?? _marksOfOthers;
        var mark = status == nameof(CapStatus.Exercise) ? words.ExerciseMark : words.TestMark;
        string Mark(string text) => text.StartsWith(mark, StringComparison.Ordinal) ? text : mark + text;
        return info with { Event = Mark(info.Event), Headline = Mark(info.Headline), Description = Mark(info.Description), Instruction = Mark(info.Instruction) };
    }
}

/// <summary>The words of one language. Braces name what is filled in.</summary>
public sealed record DeliveryWords
{
    public required string Language { get; init; }

    public required string ExerciseMark { get; init; }

    public required string TestMark { get; init; }

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
