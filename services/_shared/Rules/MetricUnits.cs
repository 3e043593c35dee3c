namespace SmartCity.Rules;

/// <summary>The units that metric names end with, as people write them.</summary>
public static class MetricUnits
{
    // The longest end that fits wins: rainfallMillimetresPerHour is no Metres/h.
    private static readonly (string Suffix, string Symbol)[] Symbols = new (string Suffix, string Symbol)[]
    {
        ("Metres", "m"), ("Centimetres", "cm"), ("Millimetres", "mm"), ("Kilometres", "km"),
        ("MillimetresPerHour", "mm/h"), ("MetresPerSecond", "m/s"), ("KilometresPerHour", "km/h"), ("MetresPerSecondSquared", "m/s²"),
        ("CubicMetres", "m³"), ("CubicMetresPerSecond", "m³/s"), ("Litres", "l"), ("LitresPerSecond", "l/s"),
        ("Celsius", "°C"), ("Kelvin", "K"), ("Pascals", "Pa"), ("Hectopascals", "hPa"),
        ("Percent", "%"), ("PercentRelativeHumidity", "%"), ("PercentBattery", "%"),
        ("Volts", "V"), ("Millivolts", "mV"), ("Amperes", "A"), ("Watts", "W"), ("Joules", "J"), ("KilowattHours", "kWh"),
        ("Kilograms", "kg"), ("Seconds", "s"), ("Degrees", "°"), ("Radians", "rad"), ("Lux", "lx"), ("Hertz", "Hz"),
        ("Decibels", "dB"), ("DecibelMilliwatts", "dBm"), ("PartsPerMillion", "ppm"), ("PartsPerBillion", "ppb"),
        ("MicrogramsPerCubicMetre", "µg/m³"),
    }.OrderByDescending(unit => unit.Suffix.Length).ToArray();

    /// <summary>The symbol of a metric's unit, such as <c>m</c> for <c>waterLevelMetres</c>; empty where the name has none.</summary>
    public static string Of(string metric)
    {
        foreach (var (suffix, symbol) in Symbols)
        {
            if (metric.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return symbol;
            }
        }

        return "";
    }
}
