using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>The earthquake of seismic and tsunami bulletins.</summary>
internal static partial class JmaEarthquakes
{
    public static JmaEarthquake? FirstOf(XElement? body)
    {
        if (body.Children("Earthquake").FirstOrDefault() is not { } earthquake)
        {
            return null;
        }

        var area = earthquake.Child("Hypocenter", "Area");
        var magnitude = earthquake.Child("Magnitude");
        // ISO 6709: +33.1+132.4-40000/, depth in metres below.
        var place = Position().Match(area.Text("Coordinate"));
        return new JmaEarthquake(
            DateTimeOffset.TryParse(earthquake.Text("OriginTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var origin) ? origin : null,
            area.Text("Name"),
            magnitude?.AttributeText("description") is { Length: > 0 } words ? words : magnitude?.Value.Trim() ?? "",
            Number(place.Groups["latitude"]),
            Number(place.Groups["longitude"]),
            Number(place.Groups["depth"]) is { } metres ? Math.Abs(metres) / 1000 : null);
    }

    private static double? Number(Group group)
        => group.Success && double.TryParse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(?<latitude>[+-]\d+(\.\d+)?)(?<longitude>[+-]\d+(\.\d+)?)(?<depth>[+-]\d+(\.\d+)?)?/?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Position();
}
