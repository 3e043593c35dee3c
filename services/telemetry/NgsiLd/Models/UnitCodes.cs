namespace SmartCity.Telemetry.NgsiLd.Models;

/// <summary>UN/CEFACT common codes (Recommendation 20) of the units that metric names end with.</summary>
internal static class UnitCodes
{
    // The longest end that fits wins.
    private static readonly (string Suffix, string Code)[] Codes = new (string Suffix, string Code)[]
    {
        ("Metres", "MTR"), ("Centimetres", "CMT"), ("Millimetres", "MMT"), ("Kilometres", "KMT"),
        ("MillimetresPerHour", "H67"), ("MetresPerSecond", "MTS"), ("KilometresPerHour", "KMH"), ("MetresPerSecondSquared", "MSK"),
        ("CubicMetres", "MTQ"), ("CubicMetresPerSecond", "MQS"), ("Litres", "LTR"), ("LitresPerSecond", "G51"),
        ("Celsius", "CEL"), ("Kelvin", "KEL"), ("Pascals", "PAL"), ("Hectopascals", "A97"),
        ("Percent", "P1"), ("PercentRelativeHumidity", "P1"), ("PercentBattery", "P1"),
        ("Volts", "VLT"), ("Millivolts", "2Z"), ("Amperes", "AMP"), ("Watts", "WTT"), ("Joules", "JOU"), ("KilowattHours", "KWH"),
        ("Kilograms", "KGM"), ("Seconds", "SEC"), ("Degrees", "DD"), ("Radians", "C81"), ("Lux", "LUX"), ("Hertz", "HTZ"),
        ("Decibels", "2N"), ("PartsPerMillion", "59"), ("PartsPerBillion", "61"), ("MicrogramsPerCubicMetre", "GQ"), ("Count", "C62"),
    }.OrderByDescending(unit => unit.Suffix.Length).ToArray();

    public static string? Of(string metric)
        => Array.Find(Codes, unit => metric.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase)).Code;
}
