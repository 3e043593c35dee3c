using SmartCity.Contracts;
using SmartCity.Transit.Gtfs.Notices;

namespace SmartCity.Transit.Tests.Gtfs;

/// <summary>One fault each, in a feed that is right otherwise: the notice names the place, and says whether the feed is taken.</summary>
public sealed class NoticeTests
{
    private static readonly NoticeWording Wording = NoticeWording.Load();

    [Fact]
    public void Read_WhenFeedIsRight_FindsNothing() => new FeedBuilder().Read().Notices.Totals.ShouldBeEmpty();

    [Theory]
    [InlineData("duplicate_key", "stops.txt", "S3,Harbour", "S1,Harbour", 4, "stop_id")]
    [InlineData("foreign_key_violation", "trips.txt", "R1,DAILY,T2", "R9,DAILY,T2", 3, "route_id")]
    [InlineData("foreign_key_violation", "trips.txt", "R1,DAILY,T2", "R1,SUNDAY,T2", 3, "service_id")]
    [InlineData("invalid_time", "stop_times.txt", "T1,8:05:00,8:05:00", "T1,8:65:00,8:05:00", 3, "arrival_time")]
    [InlineData("invalid_date", "calendar.txt", "20260401", "2026-4-1", 2, "start_date")]
    [InlineData("number_out_of_range", "stop_times.txt", "S2,2,1", "S2,-2,1", 3, "stop_sequence")]
    [InlineData("number_out_of_range", "stops.txt", "36.8250", "96.8250", 3, "stop_lat")]
    [InlineData("stop_without_location", "stops.txt", "36.8250,137.4050", ",", 3, "stop_lat")]
    [InlineData("point_near_origin", "stops.txt", "36.8250,137.4050", "0,0", 3, "stop_lat")]
    [InlineData("missing_required_field", "routes.txt", "Station to Harbour,3", "Station to Harbour,", 2, "route_type")]
    [InlineData("missing_required_column", "stop_times.txt", "stop_sequence", "sequence", 1, "stop_sequence")]
    [InlineData("missing_stop_name", "stops.txt", "Hospital", "", 3, "stop_name")]
    [InlineData("stop_time_with_arrival_before_previous_departure_time", "stop_times.txt", "T1,8:05:00,8:05:00", "T1,7:05:00,7:05:00", 3, "arrival_time")]
    [InlineData("stop_time_with_only_arrival_or_departure_time", "stop_times.txt", "T1,8:05:00,8:05:00,S2,2,1", "T1,8:05:00,,S2,2,0", 3, "arrival_time")]
    [InlineData("missing_trip_edge", "stop_times.txt", "T1,8:00:00,8:00:00,S1,1,1", "T1,,,S1,1,0", 2, "arrival_time")]
    [InlineData("invalid_timezone", "agency.txt", "Asia/Tokyo", "Asia/Uozu", 2, "agency_timezone")]
    [InlineData("start_and_end_range_out_of_order", "calendar.txt", "20270331", "20250331", 2, "end_date")]
    public void Read_WhenRidersWouldBeMisled_RefusesTheFeed(string code, string file, string right, string wrong, int line, string field)
    {
        var reading = new FeedBuilder().Replacing(file, right, wrong).Read();

        reading.Feed.ShouldBeNull();
        var notice = reading.Notices.Samples.Where(notice => notice.Code == code).ToList().ShouldNotBeNull()[0];
        (notice.Severity, notice.File, notice.Line, notice.Field).ShouldBe((NoticeSeverity.Error, file, line, field));
    }

    [Theory]
    [InlineData("invalid_url", NoticeSeverity.Error, "agency.txt", "https://bus.example.jp/", "bus example", "agency_url")]
    [InlineData("route_both_short_and_long_name_missing", NoticeSeverity.Error, "routes.txt", "1,Station to Harbour", ",", "route_short_name")]
    [InlineData("fast_travel_between_consecutive_stops", NoticeSeverity.Warning, "stops.txt", "36.8250,137.4050", "36.3250,137.9050", "arrival_time")]
    [InlineData("stop_too_far_from_shape", NoticeSeverity.Warning, "stops.txt", "36.8250,137.4050", "36.8270,137.4050", "stop_id")]
    [InlineData("expired_calendar", NoticeSeverity.Warning, "calendar.txt", "20260401,20270331", "20250401,20260331", "service_id")]
    [InlineData("feed_expiration_date7_days", NoticeSeverity.Warning, "feed_info.txt", "20270331", "20260703", "feed_end_date")]
    [InlineData("feed_expiration_date30_days", NoticeSeverity.Warning, "feed_info.txt", "20270331", "20260720", "feed_end_date")]
    [InlineData("missing_timepoint_value", NoticeSeverity.Warning, "stop_times.txt", "S2,2,1", "S2,2,", "timepoint")]
    [InlineData("leading_or_trailing_whitespaces", NoticeSeverity.Warning, "stops.txt", "Hospital", " Hospital", "stop_name")]
    [InlineData("same_name_and_description_for_route", NoticeSeverity.Warning, "routes.txt", "route_type", "route_type", null)]
    [InlineData("unexpected_enum_value", NoticeSeverity.Warning, "routes.txt", "Harbour,3", "Harbour,55", "route_type")]
    [InlineData("stop_far_from_other_stops", NoticeSeverity.Warning, "stops.txt", "36.8300,137.4100", "30.8300,137.4100", "stop_lat")]
    [InlineData("time_after_second_midnight", NoticeSeverity.Warning, "stop_times.txt", "T2,9:10:00,9:10:00", "T2,49:10:00,49:10:00", "arrival_time")]
    [InlineData("unknown_column", NoticeSeverity.Info, "stops.txt", "zone_id", "zone", "zone")]
    public void Read_WhenNoRiderWouldBeMisled_TakesTheFeedAndSaysSo(string code, NoticeSeverity severity, string file, string right, string wrong, string? field)
    {
        var builder = new FeedBuilder().Replacing(file, right, wrong);
        var reading = (code == "same_name_and_description_for_route"
            ? builder.With(file, "route_id,agency_id,route_short_name,route_long_name,route_desc,route_type", "R1,A,1,Town,town,3") : builder).Read();

        reading.Feed.ShouldNotBeNull(string.Join(", ", reading.Notices.Totals.Keys));
        reading.Notices.Samples.ShouldContain(notice => notice.Code == code && notice.Severity == severity && (field == null || notice.Field == field));
    }

    [Fact]
    public void Read_WhenFilesAreMissing_NamesThem()
    {
        new FeedBuilder().Without("stops.txt").Read().Notices.Samples.ShouldContain(notice => notice.Code == "missing_required_file" && notice.File == "stops.txt");
        new FeedBuilder().Without("calendar.txt").Read().Notices.Samples.ShouldContain(notice => notice.Code == "missing_calendar_and_calendar_date_files");
        new FeedBuilder().Without("feed_info.txt").Read().Notices.Samples.ShouldHaveSingleItem().Code.ShouldBe("missing_recommended_file");
    }

    [Fact]
    public void Read_WhenTableIsPrettyButOdd_ReadsItAllTheSame()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        var feed = new FeedBuilder()
            .WithBytes("stops.txt", [.. mark, .. "\"stop_id\",\"stop_name\",stop_lat,stop_lon,zone_id\r\nS1,\"He said \"\"hi\"\", twice\",36.82,137.40,\r\n\r\nS2,Hospital,36.825,137.405,\r\nS3,Harbour,36.83,137.41,"u8])
            .Read().Feed.ShouldNotBeNull();

        feed.Stops.Select(stop => stop.Name).ShouldBe(["He said \"hi\", twice", "Hospital", "Harbour"]);
    }

    [Fact]
    public void Read_WhenEveryRowIsWrong_KeepsSomeAndCountsAll()
    {
        var rows = Enumerable.Range(0, 500).Select(index => $"T1,8:00:00,8:00:00,NOWHERE,{index + 10},1").ToArray();

        var notices = new FeedBuilder().Plus("stop_times.txt", rows).Read().Notices;

        notices.Totals["foreign_key_violation"].ShouldBe(500);
        notices.Samples.Count(notice => notice.Code == "foreign_key_violation").ShouldBe(NoticeSink.SamplesPerCode);
    }

    [Fact]
    public void Say_EveryCode_HasASentenceInEachLanguage()
    {
        Wording.Languages.ShouldBe(["en", "ja"], ignoreOrder: true);
        foreach (var code in NoticeCodes.All.Values)
        {
            var notice = new FeedNotice(code.Code, code.Severity, "stops.txt", 2, "stop_id", "S1", "detail");
            Wording.Say(notice, "en").Message.ShouldNotContain("{");
            Wording.Say(notice, "ja").Message.ShouldNotBe(Wording.Say(notice, "en").Message);
        }
    }
}
