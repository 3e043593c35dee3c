using System.Diagnostics;
using SmartCity.Transit.Gtfs;
using SmartCity.Transit.Tests.Hosting;
using Xunit.Abstractions;

namespace SmartCity.Transit.Tests.Gtfs;

public sealed class RealFeedTests(ITestOutputHelper output)
{
    [TheoryIfSharedData]
    [InlineData("saga-current.zip", 2053, 3149, 94383)]
    [InlineData("city_uozu_shimin_gtfs.zip", 0, 0, 0)]
    [InlineData("city_uozu_omotenashi_gtfs.zip", 0, 0, 0)]
    [InlineData("town_nyuzen_liner_gtfs.zip", 0, 0, 0)]
    [InlineData("sample-feed-1.zip", 9, 11, 28)]
    public void Read_WhenFeedIsReal_TakesItWhole(string file, int stops, int trips, int stopTimes)
    {
        var watch = Stopwatch.StartNew();
        var reading = Read(file);
        output.WriteLine($"{watch.ElapsedMilliseconds} ms");
        foreach (var (code, total) in reading.Notices.Totals)
        {
            var first = reading.Notices.Samples.First(notice => notice.Code == code);
            output.WriteLine($"{first.Severity} {code} {total}: {first}");
        }

        reading.Feed.ShouldNotBeNull();
        output.WriteLine($"{reading.Feed.Stops.Count} {reading.Feed.Trips.Count} {reading.Feed.StopTimes.Count}");
        if (stops > 0)
        {
            (reading.Feed.Stops.Count, reading.Feed.Trips.Count, reading.Feed.StopTimes.Count).ShouldBe((stops, trips, stopTimes));
        }
    }

    [TheoryIfSharedData]
    [InlineData("bad_utf8")]
    [InlineData("contains_null")]
    [InlineData("duplicate_stop")]
    [InlineData("missing_stop_times")]
    [InlineData("undefined_stop")]
    [InlineData("utf16")]
    public void Read_WhenFeedIsMalformed_RefusesIt(string folder)
    {
        var reading = FeedBuilder.Read(FeedBuilder.ZipOfFolder(SharedData.PathOf("gtfs-malformed", folder)));
        foreach (var (code, total) in reading.Notices.Totals)
        {
            var first = reading.Notices.Samples.First(notice => notice.Code == code);
            output.WriteLine($"{first.Severity} {code} {total}: {first}");
        }

        reading.Feed.ShouldBeNull();
    }

    private static FeedReading Read(string file) => FeedBuilder.Read(File.ReadAllBytes(SharedData.PathOf("gtfs", file)));
}
