using SmartCity.Contracts;
using SmartCity.TestKit;
using SmartCity.Transit.Gtfs;

namespace SmartCity.Transit.Tests.Gtfs;

public sealed class RealFeedTests
{
    [TheoryIfSharedData]
    [InlineData("saga-current.zip", 2053, 3149, 94383)]
    [InlineData("city_uozu_shimin_gtfs.zip", 600, 174, 4591)]
    [InlineData("city_uozu_omotenashi_gtfs.zip", 16, 38, 304)]
    [InlineData("town_nyuzen_liner_gtfs.zip", 30, 44, 308)]
    [InlineData("sample-feed-1.zip", 9, 11, 28)]
    public void Read_WhenFeedIsReal_TakesItWhole(string file, int stops, int trips, int stopTimes)
    {
        var feed = FeedBuilder.Read(File.ReadAllBytes(SharedData.PathOf("gtfs", file))).Feed.ShouldNotBeNull();

        (feed.Stops.Count, feed.Trips.Count, feed.StopTimes.Count).ShouldBe((stops, trips, stopTimes));
    }

    [TheoryIfSharedData]
    [InlineData("bad_utf8", "invalid_character", "agency.txt", 2, "agency_name")]
    [InlineData("contains_null", "invalid_character", "stops.txt", 9, "stop_name")]
    [InlineData("missing_stop_times", "missing_required_file", "stop_times.txt", null, null)]
    [InlineData("undefined_stop", "foreign_key_violation", "stop_times.txt", 11, "stop_id")]
    [InlineData("utf16", "invalid_character", "agency.txt", 1, null)]
    public void Read_WhenFeedIsMalformed_RefusesItAndSaysWhere(string folder, string code, string file, int? line, string? field)
    {
        var reading = Malformed(folder);

        reading.Feed.ShouldBeNull();
        var notice = reading.Notices.Samples.First(notice => notice.Code == code);
        (notice.Severity, notice.File, notice.Line, notice.Field).ShouldBe((NoticeSeverity.Error, file, line, field));
    }

    [FactIfSharedData]
    public void Read_WhenRowsLackTheirLastCommas_RepairsThemAndSaysSo()
    {
        var reading = Malformed("duplicate_stop");

        reading.Feed.ShouldNotBeNull().Stops.Select(stop => stop.Name).ShouldContain("Bull Frog");
        reading.Notices.Samples.ShouldContain(notice => notice.Code == "invalid_row_length" && notice.File == "stops.txt" && notice.Line == 2 && notice.Value == "5");
    }

    private static FeedReading Malformed(string folder) => FeedBuilder.Read(FeedBuilder.ZipOfFolder(SharedData.PathOf("gtfs-malformed", folder)));
}
