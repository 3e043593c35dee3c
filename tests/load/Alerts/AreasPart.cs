using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Targeting;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

/// <summary>Which of ten thousand areas a place is in.</summary>
internal static class AreasPart
{
    private const int Areas = 10_000;
    private const int Corners = 100;
    private const int Places = 20_000;

    public static Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var areas = Enumerable.Range(0, Areas).Select(number => (number, (JsonElement?)Area(random))).ToList();
        var began = Stopwatch.GetTimestamp();
        var index = new AreaIndex<int>(areas);
        var built = Stopwatch.GetElapsedTime(began);
        var places = Enumerable.Range(0, Places).Select(_ => (Latitude: 36 + random.NextDouble(), Longitude: 137 + random.NextDouble())).ToList();
        // Edges are indexed where they are first asked for.
        _ = Ask(index, places);
        var rounds = new List<double>();
        var found = 0;
        for (var round = 0; round < options.Rounds; round++)
        {
            began = Stopwatch.GetTimestamp();
            found = Ask(index, places);
            rounds.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / Places);
        }

        report.Add(new Figure($"place among {Areas:#,0} areas of {Corners} corners, in {found / (double)Places:0.0} of them on average", "placeInAreasMicroseconds", "µs", rounds) { Target = "below 50" });
        report.Add(new Figure("- their index is built in", "areaIndexMilliseconds", "ms", [built.TotalMilliseconds]));
        return Task.CompletedTask;
    }

    private static int Ask(AreaIndex<int> index, List<(double Latitude, double Longitude)> places) => places.Sum(place => index.At(place.Latitude, place.Longitude).Count);

    // A star around a place of a region of about 100 km by 100 km, one to three kilometres wide.
    private static JsonElement Area(Random random)
    {
        var (latitude, longitude, radius) = (36 + random.NextDouble(), 137 + random.NextDouble(), 0.01 + (0.02 * random.NextDouble()));
        var text = new StringBuilder("""{"type":"Polygon","coordinates":[[""");
        string? first = null;
        for (var corner = 0; corner < Corners; corner++)
        {
            var (angle, far) = (2 * Math.PI * corner / Corners, radius * (0.6 + (0.4 * random.NextDouble())));
            var point = string.Create(CultureInfo.InvariantCulture, $"[{longitude + (far * Math.Cos(angle))},{latitude + (far * Math.Sin(angle))}]");
            first ??= point;
            text.Append(point).Append(',');
        }

        return JsonSerializer.Deserialize<JsonElement>(text.Append(first).Append("]]}").ToString());
    }
}
