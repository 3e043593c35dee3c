using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed partial class MapTests
{
    [Fact]
    public async Task Show_WhenAlertHasAnArea_DrawsItWithItsLevelGaugesAndNumberedShelters()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());
        portal.City.Shelters.Add(Samples.Shelter("市民会館", "open", 500));
        portal.City.Devices.Add(Samples.Gauge());

        var map = Html.Section(await portal.GetAsync("/162043?lang=en"), "map");

        map.ShouldContain("<title id=\"map-title\">Map of Uozu</title>");
        map.ShouldContain("1 alert areas, 1 shelters, 1 gauges");
        AreaPath().Match(map).Groups["path"].Value.Split('L').Length.ShouldBeInRange(12, 33);
        map.ShouldContain("class=\"map-boundary\"");
        map.ShouldContain("<title>Katakai river at Ochiai bridge</title>");
        Regex.IsMatch(map, "<g class=\"map-shelter\"[^>]*><title>市民会館</title><rect[^>]*></rect><text[^>]*>1</text>", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue(map);
        Html.Words(map).ShouldContain("Alert area, with its level as a number");
    }

    [Fact]
    public async Task Show_WhenAlertIsForTheWholeTown_DrawsTheTown()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood() with { Area = null });

        Html.Section(await portal.GetAsync("/162043?lang=en"), "map").ShouldContain("class=\"map-area level-area-4\"");
    }

    [Theory]
    [InlineData("""{"type":"Polygon"}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[["a","b"],[1],[137,1e999]]]}""")]
    [InlineData("""{"type":7,"coordinates":{}}""")]
    [InlineData("""[1,2]""")]
    [InlineData("""{"type":"Point","coordinates":[137.4,36.8]}""")]
    public async Task Show_WhenAreaIsNotAnArea_StillShowsTheAlert(string area)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood() with { Area = JsonDocument.Parse(area).RootElement });

        var html = await portal.GetAsync("/162043?lang=en");

        html.ShouldContain("The Katakai river may overflow");
        html.ShouldNotContain("NaN");
    }

    [Fact]
    public void Project_WhenBoxIsATown_KeepsDirectionsAndProportions()
    {
        var projection = new Projection(new GeoBox(36.7, 137.3, 36.9, 137.5));

        var centre = projection.Project(new GeoPoint(36.8, 137.4));
        var north = projection.Project(new GeoPoint(36.8 + (1000 / 111_320.0), 137.4));
        var east = projection.Project(new GeoPoint(36.8, 137.4 + (1000 / (111_320.0 * Math.Cos(36.8 * Math.PI / 180)))));

        north.Y.ShouldBeLessThan(centre.Y);
        east.X.ShouldBeGreaterThan(centre.X);
        (centre.Y - north.Y).ShouldBe(east.X - centre.X, 0.01);
        ((centre.Y - north.Y) * projection.MetresPerUnit).ShouldBe(1000, 0.1);
    }

    [Fact]
    public void Simplify_WhenARingHasManyPoints_KeepsItsShapeWithFew()
    {
        var ring = Enumerable.Range(0, 10_001).Select(step => step * 2 * Math.PI / 10_000)
            .Select(angle => new DrawingPoint(300 * Math.Cos(angle), 300 * Math.Sin(angle))).ToList();

        var simple = Simplification.Simplify(ring, 0.8);

        simple.Count.ShouldBeInRange(20, 120);
        simple.ShouldAllBe(point => Math.Abs(Math.Sqrt((point.X * point.X) + (point.Y * point.Y)) - 300) < 0.001);
        simple.Max(point => point.Y).ShouldBe(300, 1);
        simple.Min(point => point.X).ShouldBe(-300, 1);
    }

    [GeneratedRegex("class=\"map-area level-area-4\" d=\"(?<path>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AreaPath();
}
