using System.Text.Json;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Tests.Delivery.Subscriptions;

/// <summary>Which districts an area touches.</summary>
public sealed class DistrictTests
{
    private static readonly Town Town = new()
    {
        Code = TestTown.Uozu,
        Name = new LocalizedText("魚津市", "Uozu"),
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        Services = [new TownService(AppIds.Alerts, JsonSerializer.Deserialize<JsonElement>("""
            { "districts": [
              { "id": "river", "name": { "ja": "川" }, "latitudeDegrees": 36.80, "longitudeDegrees": 137.40, "radiusMetres": 1000 },
              { "id": "beside", "name": { "ja": "となり" }, "latitudeDegrees": 36.80, "longitudeDegrees": 137.43, "radiusMetres": 1000 },
              { "id": "far", "name": { "ja": "遠い" }, "latitudeDegrees": 36.90, "longitudeDegrees": 137.40, "radiusMetres": 1000 },
              { "id": "nowhere", "name": { "ja": "どこか" } },
              { "id": 5 } ] }
            """))],
    };

    [Fact]
    public void Missed_WhenAnAreaTouchesADistrict_ItIsTold()
        // About 1.8 km around the river: its edge is within a kilometre of the centre of the district beside it.
        => DistrictReach.Missed(Town, Square(36.80, 137.40, 0.02)).ShouldBe(["far"]);

    [Fact]
    public void Missed_WhenAnAreaLiesInsideADistrict_ItAloneIsTold()
        => DistrictReach.Missed(Town, Square(36.80, 137.40, 0.001)).ShouldBe(["beside", "far"]);

    [Fact]
    public void Missed_WhenThereIsNoArea_TheWholeTownIsTold()
    {
        DistrictReach.Missed(Town, null).ShouldBeEmpty();
        DistrictReach.Missed(Town, JsonSerializer.Deserialize<JsonElement>("""{ "type": "Point", "coordinates": [137.4, 36.8] }""")).ShouldBeEmpty();
    }

    private static JsonElement Square(double latitude, double longitude, double half)
        => JsonSerializer.SerializeToElement(new
        {
            type = "MultiPolygon",
            coordinates = new[] { new[] { new[]
            {
                new[] { longitude - half, latitude - half }, [longitude + half, latitude - half], [longitude + half, latitude + half], [longitude - half, latitude + half], [longitude - half, latitude - half],
            } } },
        });
}
