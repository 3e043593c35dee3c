using SmartCity.Portal.LiveMap;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Devices;

public sealed class LiveMapTests
{
    [Fact]
    public async Task Show_Always_HasEachDeviceOnTheMapAndInTheList()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.AddRange([
            DeviceSamples.Raised with { Id = "raised-1" },
            DeviceSamples.Silent with { Id = "silent-1", LatitudeDegrees = 36.80 },
            Samples.Gauge() with { Id = "normal-1", LatitudeDegrees = 36.78, Kind = "rain" }]);

        var html = await portal.GetAsync("/162043/map?lang=en");

        foreach (var (id, state) in new[] { ("raised-1", "raised"), ("silent-1", "silent"), ("normal-1", "normal") })
        {
            html.ShouldContain($"<a href=\"/162043/devices/{id}\" tabindex=\"-1\"");
            html.ShouldContain($"device-mark mark-{state}\" transform");
            html.ShouldContain($"<a class=\"target\" href=\"/162043/devices/{id}\">");
        }

        Html.Words(html).ShouldContain("1 Katakai river at Ochiai bridge: At an alert value");
        html.ShouldContain("data-stream=\"/api/162043/telemetry/stream?\"");
    }

    [Fact]
    public async Task Show_WhenCloser_AsksForThatPartAndLeadsFartherAndToTheSides()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge());

        var html = await portal.GetAsync("/162043/map?zoom=2&lat=36.8&lon=137.45&lang=en");

        foreach (var words in new[] { "Closer", "Farther", "North", "South", "West", "East", "Whole town" })
        {
            html.ShouldContain(words);
        }

        portal.City.Questions.ShouldContain(question => question.Contains("within=36.7", StringComparison.Ordinal) && question.Contains("order=trouble", StringComparison.Ordinal));
        html.ShouldContain("data-fragment=\"/162043/map/live?zoom=2&amp;lat=36.8&amp;lon=137.45&amp;lang=en\"");
    }

    [Fact]
    public async Task Show_WhenTelemetryIsAway_StillDrawsTheTown()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Failing.Add("telemetry");

        var html = await portal.GetAsync("/162043/map?lang=en");

        html.ShouldContain("class=\"map-boundary\"");
        Html.Words(html).ShouldContain("Devices cannot be read");
    }

    [Fact]
    public void BoxIn_WhenCloserByOne_IsHalfAsWideAroundTheCentre()
    {
        var box = new MapWindow(1, new GeoPoint(36.8, 137.4)).BoxIn(new GeoBox(36.6, 137.2, 37.0, 137.8));

        (box.North - box.South).ShouldBe(0.2, 1e-9);
        (box.East - box.West).ShouldBe(0.3, 1e-9);
        box.Centre.LatitudeDegrees.ShouldBe(36.8, 1e-9);
    }
}
