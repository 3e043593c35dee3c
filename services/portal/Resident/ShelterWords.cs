using System.Globalization;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Resident;

/// <summary>A shelter in words.</summary>
internal static class ShelterWords
{
    private static readonly string[] StatusesByUse = ["open", "unknown", "full", "closed"];

    /// <summary>One of four; a status that this page does not know is honestly unknown.</summary>
    public static string Status(ShelterView shelter) => StatusesByUse.Contains(shelter.Status, StringComparer.Ordinal) ? shelter.Status : "unknown";

    /// <summary>Smaller is better: open first, closed last.</summary>
    public static int Use(ShelterView shelter) => Array.IndexOf(StatusesByUse, Status(shelter));

    /// <summary>Distance and capacity, as far as known.</summary>
    public static IEnumerable<Phrase> Facts(ShelterView shelter, Language language)
    {
        if (shelter.DistanceMetres is { } metres)
        {
            yield return metres < 1000
                ? language.Text("shelters.metres", ("metres", (Math.Round(metres / 10) * 10).ToString("0", CultureInfo.InvariantCulture)))
                : language.Text("shelters.kilometres", ("kilometres", (metres / 1000).ToString("0.0", CultureInfo.InvariantCulture)));
        }

        if (shelter.Capacity is > 0 and { } capacity)
        {
            yield return language.Text("shelters.capacity", ("count", capacity.ToString("N0", CultureInfo.InvariantCulture)));
        }

        if (shelter.PeopleNow is { } people)
        {
            yield return language.Text("shelters.people", ("count", people.ToString("N0", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>What makes it easier to get in, and what is known to be missing; nothing where nothing is known.</summary>
    public static IEnumerable<Phrase> Access(ShelterView shelter, Language language)
    {
        (string Key, bool? Is)[] facts =
        [
            ("lift", shelter.Accessibility?.LiftOrGroundFloor), ("ramp", shelter.Accessibility?.Ramp),
            ("tactile", shelter.Accessibility?.TactilePaving), ("toilet", shelter.Accessibility?.WheelchairToilet),
        ];
        return facts.Where(fact => fact.Is is not null).Select(fact => language.Text($"shelters.access.{fact.Key}.{(fact.Is == true ? "yes" : "no")}"));
    }
}
