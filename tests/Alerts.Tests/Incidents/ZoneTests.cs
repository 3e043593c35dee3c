using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Tests.Incidents;

public sealed class ZoneTests
{
    [Fact]
    public async Task Deliver_WhenAZoneIsRaisedTwice_IssuesOneAlertInItsNameAndOverItsCircle()
    {
        await using var app = await AlertsApp.StartAsync();

        await app.DeliverAsync(Event(ThresholdTransition.Raised, 0));
        await app.DeliverAsync(Event(ThresholdTransition.Raised, 0));

        var alert = await app.OneActiveAsync();
        alert.DeviceId.ShouldBe("zone/valley");
        alert.Info[0].Description.ShouldContain("谷の水位");
        alert.Info[1].AreaDescription.ShouldBe("Uozu City (within about 3 km of Valley)");
        alert.Area!.Value.GetProperty("type").GetString().ShouldBe("Polygon");
        (await app.Sidecar.NextAsync()).Topic.ShouldBe(Topics.AlertIssued);

        await app.DeliverAsync(Event(ThresholdTransition.Cleared, 30));

        (await app.ActiveAsync()).ShouldBeEmpty();
        (await app.Sidecar.NextAsync()).Topic.ShouldBe(Topics.AlertCancelled);
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Deliver_WhenTheRuleHasNoBoundOnTheMetric_NamesNone()
    {
        await using var app = await AlertsApp.StartAsync();

        await app.DeliverAsync(Event(ThresholdTransition.Raised, 0) with { Threshold = null });

        var alert = await app.OneActiveAsync();
        alert.Info[0].Description.ShouldContain("3.42 m");
        alert.Info[1].Description.ShouldContain("meets the conditions");
    }

    [Fact]
    public void Area_OfListedGauges_IsTheirDiscsTogether()
    {
        var area = AlertArea.Of(TownOf(1000, 2000), Zone());

        area.RadiusMetres.ShouldBe(2000);
        area.Circles.Count.ShouldBe(2);
        area.GeoJson!.Value.GetProperty("type").GetString().ShouldBe("MultiPolygon");
        area.GeoJson.Value.GetProperty("coordinates").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void Area_WhenOneGaugeConcernsTheWholeTown_IsTheWholeTown() => AlertArea.Of(TownOf(1000, null), Zone()).ShouldBe(AlertArea.WholeTown);

    private static ZoneRule Zone() => new() { Id = "valley", Name = new LocalizedText("谷", "Valley"), Rule = "high", AtLeast = 2, Devices = ["a", "b"] };

    private static Town TownOf(double? first, double? second) => new()
    {
        Code = TestTown.Uozu,
        Name = new LocalizedText("魚津市", "Uozu"),
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        Services = [],
        Rules = [new ThresholdRule { Id = "high", DeviceKind = "river", Metric = "waterLevelMetres", RaiseAt = 3, ClearBelow = 2 }, Zone()],
        Devices = [Gauge("a", first), Gauge("b", second)],
    };

    private static Device Gauge(string id, double? radius) => new()
    {
        Id = id,
        Kind = "river",
        Name = new LocalizedText(id, id),
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        AlertRadiusMetres = radius,
    };

    private static SensorThreshold Event(ThresholdTransition transition, int minute)
        => AlertsApp.Threshold(TestTown.Zone, transition, minute, "zone/" + TestTown.Zone) with { DeviceName = new LocalizedText("谷", "Valley") };
}
