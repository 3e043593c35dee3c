using SmartCity.Charts;

namespace SmartCity.Portal.Tests.Devices;

public sealed class SeriesDrawingTests
{
    private static readonly ChartFrame Frame = new(Width: 500, Height: 240, Left: 50, Right: 50, Top: 20, Bottom: 20);
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.FromHours(9));

    [Theory]
    [InlineData(0, 1, 0.5, 0)]
    [InlineData(1.1, 3.42, 1, 1)]
    [InlineData(-3, 8, 5, -5)]
    [InlineData(1000, 1013, 5, 1000)]
    [InlineData(2, 2, 5e-7, 2)]
    public void ValueAxis_Always_StepsByOneTwoOrFiveAndEnclosesTheValues(double lowest, double highest, double step, double bottom)
    {
        var axis = ValueAxis.Of(Frame, lowest, highest);

        axis.Step.ShouldBe(step, 1e-9);
        axis.Lowest.ShouldBe(bottom, 1e-6);
        axis.Y(lowest).ShouldBeInRange(20, 220.001);
        axis.Y(highest).ShouldBeInRange(19.999, 220.001);
    }

    [Theory]
    [InlineData(356938035643809)]
    [InlineData(-356938035643809.06)]
    [InlineData(3.4028234663852886e38)]
    [InlineData(double.MaxValue)]
    public void ValueAxis_WhenAValueIsLargeAndConstant_HasAFewTicks(double value)
    {
        var axis = ValueAxis.Of(Frame, value, value);

        axis.Ticks.Count().ShouldBeInRange(2, 20);
        double.IsFinite(axis.Y(value)).ShouldBeTrue();
    }

    [Fact]
    public void ValueAxis_WhenASpanIsNoNumber_HasAFewTicks() => ValueAxis.Of(Frame, double.MinValue, double.MaxValue).Ticks.Count().ShouldBeLessThan(500);

    [Fact]
    public void TimeAxis_WhenASpanBeginsBetween_TicksAtRoundLocalTimes()
    {
        var axis = new TimeAxis(Frame, Start.AddMinutes(47).ToUniversalTime(), Start.AddHours(24.5));

        axis.Ticks(9).Select(axis.Label).ShouldBe(["03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "11/22"]);
        axis.X(Start.AddHours(24.5)).ShouldBe(450, 1e-9);
    }

    [Fact]
    public void Line_WhenASliceIsMissing_BreaksThereAndDotsWhatStandsAlone()
    {
        Slice[] slices = [.. new[] { 0, 1, 2, 4, 6, 7 }.Select(minute => Slice.Of(Start.AddMinutes(minute), 1))];
        var (times, values) = (new TimeAxis(Frame, Start, Start.AddMinutes(8)), ValueAxis.Of(Frame, 0, 1));

        var path = SeriesPath.Line(slices, times, values, Slices.LongestStep(slices, TimeSpan.FromMinutes(1)));

        path.ShouldBe("M50 20L100 20L150 20M250 20h.01M350 20L400 20");
    }

    [Fact]
    public void LongestStep_WhenADeviceReportsSeldom_FollowsItsHabit()
    {
        Slice[] slices = [.. new[] { 0, 10, 20, 30, 60, 70 }.Select(minute => Slice.Of(Start.AddMinutes(minute), 1))];

        Slices.LongestStep(slices, TimeSpan.FromMinutes(1)).ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Coarsen_Always_KeepsPeaksAndWeighsMeans()
    {
        Slice[] slices = [new(Start, 1, 5, 2, 3, 1), new(Start.AddMinutes(1), 0.5, 2, 1, 1.5, 3), new(Start.AddMinutes(30), 7, 7, 7, 7, 1)];

        Slices.Coarsen(slices, TimeSpan.FromMinutes(10)).ShouldBe([new Slice(Start, 0.5, 5, 1.25, 1.5, 4), new Slice(Start.AddMinutes(30), 7, 7, 7, 7, 1)]);
    }

    [Fact]
    public void Band_WhenASliceIsMissing_IsTwoAreas()
    {
        Slice[] slices = [new(Start, 0, 1, 0.5, 1, 2), new(Start.AddMinutes(1), 0, 1, 0.5, 1, 2), new(Start.AddMinutes(4), 0, 1, 0.5, 1, 2)];
        var (times, values) = (new TimeAxis(Frame, Start, Start.AddMinutes(8)), ValueAxis.Of(Frame, 0, 1));

        SeriesPath.Band(slices, times, values, TimeSpan.FromMinutes(1.5)).ShouldBe("M50 20L100 20L100 220L50 220ZM250 20L250 220Z");
    }

    [Fact]
    public void Columns_WhenManyReadingsShareAColumn_KeepsItsLowestAndHighest()
    {
        var readings = Enumerable.Range(0, 100).Select(index => (Start.AddSeconds(index * 0.01), index == 50 ? 1.0 : index == 51 ? 0.0 : 0.5)).Append((Start.AddMinutes(8), 0.5));
        var (times, values) = (new TimeAxis(Frame, Start, Start.AddMinutes(8)), ValueAxis.Of(Frame, 0, 1));

        SeriesPath.Columns(readings, times, values).ShouldBe("M50 120L50 220L50 20L450 120");
    }

    [Fact]
    public void Panel_WhenATextHasMarkup_EncodesIt()
    {
        var svg = new System.Text.StringBuilder();
        var panel = new ChartPanel(svg, Frame, new TimeAxis(Frame, Start, Start.AddHours(1)), ValueAxis.Of(Frame, 0, 1));

        panel.Bound(0.5, "<script>");
        panel.Bound(99, "outside");

        svg.ToString().ShouldContain("&lt;script&gt;");
        svg.ToString().ShouldNotContain("outside");
    }
}
