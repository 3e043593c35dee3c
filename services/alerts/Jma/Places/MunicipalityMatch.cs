using System.Globalization;

namespace SmartCity.Alerts.Jma.Places;

/// <summary>
/// JMA writes municipalities as seven digits: the five of the local-government code without its check digit, and two for a part
/// (<c>1620400</c> is Uozu 162043). Designated cities appear as wards (22103) or whole (22100).
/// </summary>
internal static class MunicipalityMatch
{
    /// <summary>The designated cities (政令指定都市), whose wards have the numbers behind theirs.</summary>
    private static readonly int[] DesignatedCities =
    [
        01100, 04100, 11100, 12100, 14100, 14130, 14150, 15100, 22100, 22130, 23100, 26100, 27100, 27140, 28100, 33100, 34100, 40100, 40130, 43100,
    ];

    /// <param name="town">6-digit local-government code.</param>
    /// <param name="area">JMA's seven digits.</param>
    public static bool IsOf(string town, string area)
    {
        if (area.Length != 7 || !int.TryParse(area.AsSpan(0, 5), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var own = int.Parse(town.AsSpan(0, 5), CultureInfo.InvariantCulture);
        return number == own || (CityOfWard(number) == own) || (CityOfWard(own) == number);
    }

    // Wards are 101 to 199 within a prefecture; Tokyo's special wards (13101 …) are municipalities of their own.
    private static int? CityOfWard(int number)
    {
        if (number % 1000 is < 101 or > 199 || number / 1000 == 13)
        {
            return null;
        }

        var index = Array.FindLastIndex(DesignatedCities, city => city <= number && city / 1000 == number / 1000);
        return index < 0 ? null : DesignatedCities[index];
    }
}
