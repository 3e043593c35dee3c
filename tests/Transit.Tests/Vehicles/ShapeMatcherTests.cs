using SmartCity.Transit.Vehicles.Matching;

namespace SmartCity.Transit.Tests.Vehicles;

public class ShapeMatcherTests
{
    private static readonly MatchOptions Options = new();

    [Fact]
    public void Match_WhenBesideTheShape_MetresAlongAndOff()
    {
        var match = MatchAt(Line.Shape((0, 0), (2000, 0)), 700, 20);

        match.ShouldNotBeNull();
        match.Value.MetresAlong.ShouldBe(700, 1);
        match.Value.MetresOff.ShouldBe(20, 0.5);
        match.Value.IsAmbiguous.ShouldBeFalse();
    }

    [Fact]
    public void Match_WhenFurtherThanTheBound_OffRoute() => MatchAt(Line.Shape((0, 0), (2000, 0)), 700, 101).ShouldBeNull();

    [Fact]
    public void Match_WhenPassedOutAndBack_BearingDecides()
    {
        var shape = Line.Shape((0, 0), (3000, 0), (0, 0));

        MatchAt(shape, 1000, 5, bearing: 90)!.Value.MetresAlong.ShouldBe(1000, 5);
        MatchAt(shape, 1000, 5, bearing: 270)!.Value.MetresAlong.ShouldBe(5000, 5);
    }

    [Fact]
    public void Match_WhenPassedOutAndBackWithNothingElseKnown_Ambiguous()
        => MatchAt(Line.Shape((0, 0), (3000, 0), (0, 0)), 1000, 5)!.Value.IsAmbiguous.ShouldBeTrue();

    [Fact]
    public void Match_WhenPassedOutAndBack_TimetableDecidesWhatNothingElseDoes()
    {
        var shape = Line.Shape((0, 0), (3000, 0), (0, 0));

        MatchAt(shape, 1000, 5, expected: 1200)!.Value.MetresAlong.ShouldBe(1000, 5);
        MatchAt(shape, 1000, 5, expected: 4800)!.Value.MetresAlong.ShouldBe(5000, 5);
    }

    [Fact]
    public void Match_WhenBackAtTheBeginningOfALoop_ProgressDecides()
    {
        var loop = Line.Shape((0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0));

        MatchAt(loop, 0, 30, previous: 3900, seconds: 10)!.Value.MetresAlong.ShouldBe(3970, 5);
        MatchAt(loop, 30, 0, previous: 0, seconds: 10)!.Value.MetresAlong.ShouldBe(30, 5);
    }

    [Fact]
    public void Match_WhenItCanNotHaveComeThere_Null()
        => MatchAt(Line.Shape((0, 0), (5000, 0)), 4500, 0, previous: 100, seconds: 10).ShouldBeNull();

    [Fact]
    public void Match_WhenDrivenAlongALoopWithAScatteringReceiver_NeverBackAndNeverFarOff()
    {
        // Twice through the same crossing, once along the same road in both directions.
        var shape = Line.Shape((0, 0), (1500, 0), (1500, 800), (700, 800), (700, -600), (700, 800), (0, 800), (0, 0));
        var random = new Random(7);
        double? previous = null;
        for (var metres = 0.0; metres < shape.LengthMetres; metres += 80)
        {
            var (latitude, longitude) = shape.At(metres);
            var bearing = shape.BearingDegreesAt(metres);
            var hints = new MatchHints(bearing, previous, 10, metres);
            var match = ShapeMatcher.Match(shape, latitude + Scatter(random), longitude + Scatter(random), hints, Options);

            match.ShouldNotBeNull();
            match.Value.MetresAlong.ShouldBe(metres, 45);
            previous = match.Value.MetresAlong;
        }
    }

    [Fact]
    public void Match_WhenTheShapeIsOnePoint_Null() => MatchAt(Line.Shape((0, 0)), 0, 0).ShouldBeNull();

    // A normal error of about ten metres.
    private static double Scatter(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) * 10 / 111_195;

    private static ShapeMatch? MatchAt(ShapeLine shape, double east, double north, double? bearing = null, double? previous = null, double seconds = 0, double? expected = null)
    {
        var (latitude, longitude) = Line.Place(east, north);
        return ShapeMatcher.Match(shape, latitude, longitude, new MatchHints(bearing, previous, seconds, expected), Options);
    }
}
