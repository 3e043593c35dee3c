using System.Globalization;
using System.Text.Json;
using SmartCity.Alerts.Targeting;

namespace SmartCity.Alerts.Tests.Targeting;

public sealed class AreaIndexTests
{
    [Fact]
    public void At_WhenAreasOverlap_GivesEachThatHasThePlace()
    {
        var index = new AreaIndex<string>([("west", Square(137.0, 36.0, 1)), ("east", Square(137.5, 36.0, 1)), ("far", Square(130, 33, 1))]);
        index.At(36.5, 137.25).ShouldBe(["west"]);
        index.At(36.5, 137.75).ShouldBe(["west", "east"], ignoreOrder: true);
        index.At(36.5, 138.25).ShouldBe(["east"]);
        index.At(20, 20).ShouldBeEmpty();
    }

    [Fact]
    public void At_WhenThePlaceIsOnTheEdge_CountsItIn()
        => new AreaIndex<string>([("it", Square(137, 36, 1))]).At(36, 137.5).ShouldBe(["it"]);

    [Fact]
    public void At_WhenThereIsAHole_LeavesItOut()
    {
        var area = Json("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}""");
        var index = new AreaIndex<string>([("ring", area)]);
        index.At(5, 5).ShouldBeEmpty();
        index.At(2, 2).ShouldBe(["ring"]);
    }

    [Fact]
    public void At_WhenOneAreaHasManyParts_GivesItOnce()
    {
        var area = Json("""{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,2],[0,0]]],[[[1,1],[3,1],[3,3],[1,3],[1,1]]]]}""");
        new AreaIndex<string>([("both", area)]).At(1.5, 1.5).ShouldBe(["both"]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"type":"Point","coordinates":[137,36]}""")]
    [InlineData("""{"type":"Polygon"}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[137,36],[138,36]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[["x"]]}""")]
    public void At_WhenAnAreaIsOfNoShapeThatIsKnown_IsEverywhere(string area)
        => new AreaIndex<string>([("all", area == "null" ? null : Json(area))]).At(36, 137).ShouldBe(["all"]);

    [Fact]
    public void At_WhenThereAreThousands_FindsWhatLookingAtEachOneFinds()
    {
        var random = new Random(7);
        var squares = Enumerable.Range(0, 2000).Select(number => (number, X: random.NextDouble() * 20, Y: random.NextDouble() * 20, Side: random.NextDouble())).ToList();
        var index = new AreaIndex<int>(squares.Select(square => (square.number, (JsonElement?)Square(square.X, square.Y, square.Side))));
        for (var turn = 0; turn < 200; turn++)
        {
            var (x, y) = (random.NextDouble() * 21, random.NextDouble() * 21);
            var expected = squares.Where(square => x >= square.X && x <= square.X + square.Side && y >= square.Y && y <= square.Y + square.Side).Select(square => square.number);
            index.At(y, x).ShouldBe(expected, ignoreOrder: true);
        }
    }

    private static JsonElement Square(double x, double y, double side) => Json(string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"Polygon","coordinates":[[[{{x}},{{y}}],[{{x + side}},{{y}}],[{{x + side}},{{y + side}}],[{{x}},{{y + side}}],[{{x}},{{y}}]]]}"""));

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
