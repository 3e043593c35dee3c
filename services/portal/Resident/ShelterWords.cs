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
    }
}
