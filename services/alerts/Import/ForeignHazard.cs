using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Issuing;

namespace SmartCity.Alerts.Import;

/// <summary>Which of the platform's hazards a message of others is about: shelters are chosen by it.</summary>
internal static class ForeignHazard
{
    /// <summary>What none of the known hazards is: any shelter is then better than none.</summary>
    public const string Other = "other";

    // The first that fits counts: a "tsunami from an earthquake" is a tsunami.
    private static readonly (string Hazard, string[] Words)[] Known =
    [
        ("tsunami", ["tsunami", "津波"]),
        ("storm-surge", ["storm surge", "coastal flood", "高潮"]),
        ("landslide", ["landslide", "mudslide", "debris flow", "avalanche", "土砂", "地すべり", "なだれ"]),
        ("inland-flood", ["inland flood", "内水"]),
        ("flood", ["flood", "氾濫", "洪水", "増水", "heavy rain", "大雨"]),
        ("volcano", ["volcan", "ash fall", "ashfall", "eruption", "噴火", "火山"]),
        ("earthquake", ["earthquake", "地震"]),
        ("large-fire", ["fire", "火災", "火事"]),
    ];

    public static string Of(CapAlert alert)
    {
        var said = alert.Info.SelectMany(info => info.EventCodes).FirstOrDefault(code => code.Name == AlertComposer.HazardCode)?.Value;
        if (Hazards.IsKnown(said))
        {
            return said!;
        }

        var events = string.Join('\n', alert.Info.Select(info => info.Event));
        var found = Array.Find(Known, known => Array.Exists(known.Words, word => events.Contains(word, StringComparison.OrdinalIgnoreCase))).Hazard;
        return found ?? (alert.Info.Any(info => info.Categories.Contains(CapCategory.Fire)) ? "large-fire" : Other);
    }
}
