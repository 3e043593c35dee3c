using System.Globalization;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.Devices;

/// <summary>A box of latitudes and longitudes, in a query <c>south,west,north,east</c> in degrees.</summary>
internal sealed record SearchBox(double South, double West, double North, double East)
{
    public bool Holds(Device device)
        => device is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude } && latitude >= South && latitude <= North && longitude >= West && longitude <= East;

    /// <summary>Called by ASP.NET Core for parameters of this type.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out SearchBox? box)
    {
        box = null;
        var parts = (text ?? "").Split(',');
        var degrees = new double[4];
        if (parts.Length != degrees.Length)
        {
            return false;
        }

        for (var index = 0; index < degrees.Length; index++)
        {
            if (!double.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out degrees[index]) || !double.IsFinite(degrees[index]))
            {
                return false;
            }
        }

        box = new SearchBox(degrees[0], degrees[1], degrees[2], degrees[3]);
        return true;
    }
}
