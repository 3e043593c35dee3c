using System.Collections.Frozen;

namespace SmartCity.Telemetry.Decoding.SenMl;

/// <summary>Units of the SenML registry (RFC 8428 section 12.1, RFC 8798) spelled out as ends of metric names.</summary>
internal static class SenMlUnits
{
    private static readonly FrozenDictionary<string, string> Suffixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["m"] = "Metres",
        ["mm"] = "Millimetres",
        ["cm"] = "Centimetres",
        ["kg"] = "Kilograms",
        ["s"] = "Seconds",
        ["A"] = "Amperes",
        ["K"] = "Kelvin",
        ["Cel"] = "Celsius",
        ["Pa"] = "Pascals",
        ["hPa"] = "Hectopascals",
        ["V"] = "Volts",
        ["mV"] = "Millivolts",
        ["W"] = "Watts",
        ["J"] = "Joules",
        ["kWh"] = "KilowattHours",
        ["lx"] = "Lux",
        ["m/s"] = "MetresPerSecond",
        ["km/h"] = "KilometresPerHour",
        ["m/s2"] = "MetresPerSecondSquared",
        ["m3"] = "CubicMetres",
        ["m3/s"] = "CubicMetresPerSecond",
        ["l"] = "Litres",
        ["l/s"] = "LitresPerSecond",
        ["mm/h"] = "MillimetresPerHour",
        ["deg"] = "Degrees",
        ["lat"] = "LatitudeDegrees",
        ["lon"] = "LongitudeDegrees",
        ["rad"] = "Radians",
        ["%"] = "Percent",
        ["%RH"] = "PercentRelativeHumidity",
        ["%EL"] = "PercentBattery",
        ["EL"] = "SecondsBattery",
        ["dB"] = "Decibels",
        ["dBm"] = "DecibelMilliwatts",
        ["ppm"] = "PartsPerMillion",
        ["ppb"] = "PartsPerBillion",
        ["ug/m3"] = "MicrogramsPerCubicMetre",
        ["count"] = "Count",
        ["Hz"] = "Hertz",
        ["pH"] = "AcidityPh",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The last part of a SenML name, with its unit at its end.</summary>
    public static string MetricName(string name, string unit)
    {
        var metric = name[(name.AsSpan().LastIndexOfAny(':', '/') + 1)..];
        return Suffixes.TryGetValue(unit, out var suffix) && !metric.EndsWith(suffix, StringComparison.Ordinal) ? metric + suffix : metric;
    }
}
