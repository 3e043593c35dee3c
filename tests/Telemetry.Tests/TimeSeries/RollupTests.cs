using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Tests.TimeSeries;

public sealed class RollupTests
{
    [Fact]
    public void Merge_WhenPartsComeInAnyOrder_IsTheRollupOfTheWhole()
    {
        var random = new Random(3);
        foreach (var resolution in Resolution.All)
        {
            // Quarters add up without rounding, in whatever order.
            var points = SamplePoints.Of(random, 600, _ => random.Next(-4_000, 4_000) / 4.0);
            var whole = Rollup.Of(resolution, points);
            var merged = new List<Rollup>();
            foreach (var part in points.GroupBy(_ => random.Next(5)).Select(part => part.OrderBy(point => point.T).ToArray()))
            {
                merged = Rollup.Merge(merged, Rollup.Of(resolution, part).ToArray());
            }

            merged.ShouldBe(whole);
            RollupCodec.Decode(resolution, RollupCodec.Encode(resolution, whole.Take(RollupCodec.Span).ToArray())).ShouldBe(whole.Take(RollupCodec.Span));
        }
    }

    [Theory]
    [InlineData("2026-07-01T00:00:00+09:00", true)]
    [InlineData("2026-06-30T23:59:59+09:00", false)]
    public void BucketOf_WhenItIsADay_BeginsAtMidnightInJapan(string time, bool isNextDay)
    {
        var midnight = DateTimeOffset.Parse("2026-07-01T00:00:00+09:00", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1_000;
        var t = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1_000;

        (Resolution.Day.StartOf(Resolution.Day.BucketOf(t)) == midnight).ShouldBe(isNextDay);
    }

    [Fact]
    public void BucketOf_WhenTimeIsBefore1970_IsTheBucketItIsIn()
    {
        Resolution.Minute.BucketOf(-1).ShouldBe(-1);
        Resolution.Minute.StartOf(-1).ShouldBe(-60_000_000);
    }
}
