using System.Globalization;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Resident;

/// <summary>Metrics carry their unit at the end of the name: <c>waterLevelMetres</c> is a water level in m.</summary>
internal static class MetricWords
{
    /// <summary>The longest first, because <c>MetresPerSecond</c> ends a name that <c>Metres</c> does not.</summary>
    private static readonly (string Suffix, string Unit, string Format)[] Units =
    [
        ("CubicMetresPerSecond", " m³/s", "0.0"),
        ("MillimetresPerHour", " mm/h", "0.0"),
        ("MetresPerSecond", " m/s", "0.0"),
        ("Hectopascals", " hPa", "0"),
        ("Millimetres", " mm", "0.0"),
        ("Centimetres", " cm", "0"),
        ("Kilometres", " km", "0.0"),
        ("Celsius", " °C", "0.0"),
        ("Percent", " %", "0"),
        ("Metres", " m", "0.00"),
        ("Volts", " V", "0.0"),
    ];

    public static Phrase Name(Language language, string metric)
    {
        var name = metric[..^(UnitOf(metric)?.Suffix.Length ?? 0)];
        return language.Has("metric." + name) ? language.Text("metric." + name) : Spaced(name);
    }

    public static string Value(string metric, double value)
    {
        var unit = UnitOf(metric);
        return value.ToString(unit?.Format ?? "0.##", CultureInfo.InvariantCulture) + unit?.Unit;
    }

    /// <summary>The unit as it follows a number, space and all; empty where the name has none.</summary>
    public static string Unit(string metric) => UnitOf(metric)?.Unit ?? "";

    private static (string Suffix, string Unit, string Format)? UnitOf(string metric)
    {
        foreach (var unit in Units)
        {
            if (metric.Length > unit.Suffix.Length && metric.EndsWith(unit.Suffix, StringComparison.Ordinal))
            {
                return unit;
            }
        }

        return null;
    }

    /// <summary>A name that no language file knows, at least with spaces: <c>soilMoisture</c> → <c>soil moisture</c>.</summary>
    private static string Spaced(string name)
        => string.Concat(name.Select(character => char.IsUpper(character) ? " " + char.ToLowerInvariant(character) : character.ToString()));
}
