using System.Globalization;
using System.Text;

namespace SmartCity.Portal.Maps;

/// <summary>
/// Places to drawing units: equirectangular, with longitudes shortened by the cosine of the middle latitude. Over one
/// municipality the error is less than the width of a line.
/// </summary>
internal sealed class Projection
{
    public const double Width = 420;
    private const double MinimumHeight = 260;
    private const double MaximumHeight = 420;
    private const double MetresPerDegree = 111_320;

    /// <summary>Less than the width of a line.</summary>
    private const double ToleranceUnits = 0.8;

    private readonly GeoPoint _centre;
    private readonly double _cosine;
    private readonly double _unitsPerDegree;

    public Projection(GeoBox box)
    {
        _centre = box.Centre;
        _cosine = Math.Cos(_centre.LatitudeDegrees * Math.PI / 180);
        var width = Math.Max((box.East - box.West) * _cosine, 1e-6);
        var height = Math.Max(box.North - box.South, 1e-6);
        Height = Math.Clamp(Math.Round(Width * height / width), MinimumHeight, MaximumHeight);
        _unitsPerDegree = Math.Min(Width / width, Height / height);
    }

    public double Height { get; }

    public double MetresPerUnit => MetresPerDegree / _unitsPerDegree;

    public DrawingPoint Project(GeoPoint point) => new(
        (Width / 2) + ((point.LongitudeDegrees - _centre.LongitudeDegrees) * _cosine * _unitsPerDegree),
        (Height / 2) + ((_centre.LatitudeDegrees - point.LatitudeDegrees) * _unitsPerDegree));

    public bool Shows(GeoPoint point) => Project(point) is { X: >= 0 and <= Width } at && at.Y >= 0 && at.Y <= Height;

    /// <summary>SVG path data of closed rings.</summary>
    public string Path(IReadOnlyList<IReadOnlyList<GeoPoint>> rings)
    {
        var path = new StringBuilder();
        foreach (var ring in rings)
        {
            var command = 'M';
            foreach (var (x, y) in Simplification.Simplify([.. ring.Select(Project)], ToleranceUnits))
            {
                path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");
                command = 'L';
            }

            path.Append('Z');
        }

        return path.ToString();
    }
}
