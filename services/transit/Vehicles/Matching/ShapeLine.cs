using SmartCity.ServiceDefaults.Geography;

namespace SmartCity.Transit.Vehicles.Matching;

/// <summary>
/// A polyline on the ground, laid flat around its middle: within the some tens of kilometres of a bus line the error of that is
/// far below a satellite receiver's. Immutable, and shared by every trip that runs along it.
/// </summary>
public sealed class ShapeLine
{
    private const double MetresPerDegree = GeoPoint.EarthRadiusMetres * Math.PI / 180;
    private readonly double _latitude;
    private readonly double _longitude;
    private readonly double _metresPerDegreeEast;
    private readonly float[] _east;
    private readonly float[] _north;
    private readonly float[] _along;

    /// <param name="points">At least one, as latitude and longitude in degrees (WGS 84); equal neighbours count once.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public ShapeLine(IReadOnlyList<(double LatitudeDegrees, double LongitudeDegrees)> points)
    {
        if (points.Count == 0)
        {
            throw new ArgumentException("A shape needs at least one point.", nameof(points));
        }

        _latitude = (points.Min(static point => point.LatitudeDegrees) + points.Max(static point => point.LatitudeDegrees)) / 2;
        _longitude = (points.Min(static point => point.LongitudeDegrees) + points.Max(static point => point.LongitudeDegrees)) / 2;
        _metresPerDegreeEast = MetresPerDegree * Math.Cos(_latitude * Math.PI / 180);
        var (east, north, along) = (new List<float>(points.Count), new List<float>(points.Count), new List<float>(points.Count));
        var metres = 0.0;
        foreach (var (latitudeDegrees, longitudeDegrees) in points)
        {
            var (x, y) = ToMetres(latitudeDegrees, longitudeDegrees);
            var step = east.Count == 0 ? 0 : Math.Sqrt(Square(x - east[^1]) + Square(y - north[^1]));
            if (east.Count > 0 && step < 0.01)
            {
                continue;
            }

            metres += step;
            east.Add((float)x);
            north.Add((float)y);
            along.Add((float)metres);
        }

        (_east, _north, _along) = ([.. east], [.. north], [.. along]);
        LengthMetres = metres;
    }

    public double LengthMetres { get; }

    /// <summary>Straight pieces; a shape of one point has none.</summary>
    public int Segments => _east.Length - 1;

    /// <summary>The place at some metres from the beginning, in degrees.</summary>
    public (double LatitudeDegrees, double LongitudeDegrees) At(double metresAlong)
    {
        if (Segments == 0)
        {
            return ToDegrees(_east[0], _north[0]);
        }

        var segment = SegmentAt(metresAlong);
        var share = Math.Clamp((metresAlong - _along[segment]) / (_along[segment + 1] - _along[segment]), 0, 1);
        return ToDegrees(_east[segment] + (share * (_east[segment + 1] - _east[segment])), _north[segment] + (share * (_north[segment + 1] - _north[segment])));
    }

    /// <summary>Which way the line runs at some metres from its beginning: degrees clockwise from north.</summary>
    public double BearingDegreesAt(double metresAlong) => Segments == 0 ? 0 : BearingDegreesOf(SegmentAt(metresAlong));

    internal (double East, double North) ToMetres(double latitudeDegrees, double longitudeDegrees)
        => ((longitudeDegrees - _longitude) * _metresPerDegreeEast, (latitudeDegrees - _latitude) * MetresPerDegree);

    /// <summary>The nearest place on a piece.</summary>
    internal (double MetresOff, double MetresAlong) Project(int segment, double east, double north)
    {
        double x = _east[segment], y = _north[segment], dx = _east[segment + 1] - x, dy = _north[segment + 1] - y;
        var share = Math.Clamp((((east - x) * dx) + ((north - y) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        var off = Math.Sqrt(Square(east - x - (share * dx)) + Square(north - y - (share * dy)));
        return (off, _along[segment] + (share * (_along[segment + 1] - _along[segment])));
    }

    internal double BearingDegreesOf(int segment)
        => ((Math.Atan2(_east[segment + 1] - _east[segment], _north[segment + 1] - _north[segment]) * 180 / Math.PI) + 360) % 360;

    internal int SegmentAt(double metresAlong)
    {
        var place = Array.BinarySearch(_along, (float)metresAlong);
        return Math.Clamp(place >= 0 ? place : ~place - 1, 0, Segments - 1);
    }

    private (double LatitudeDegrees, double LongitudeDegrees) ToDegrees(double east, double north)
        => (_latitude + (north / MetresPerDegree), _longitude + (east / _metresPerDegreeEast));

    private static double Square(double value) => value * value;
}
