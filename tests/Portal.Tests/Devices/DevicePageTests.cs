using System.Net;
using System.Text.RegularExpressions;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Devices;

public sealed partial class DevicePageTests
{
    private const string Page = "/162043/devices/river-katakai-1";

    [Fact]
    public async Task Show_WhenThereAreValues_DrawsThemWithUnitsThresholdAndBreaksTheLineAtAGap()
    {
        await using var portal = await FullAsync();

        var chart = Html.Section(await portal.GetAsync(Page + "?lang=en"), "chart-waterLevelMetres\" class=\"chart-section");

        var lines = LinePath().Matches(chart).Select(match => match.Groups["path"].Value).Where(path => path.Length > 20).ToList();
        lines.Count.ShouldBe(2, "one for wide screens, one for phones");
        lines.ShouldAllBe(path => path.Count(letter => letter == 'M') == 2);
        chart.ShouldContain("class=\"band\"");
        chart.ShouldContain(">Alert level 3 from 3.20 m</text>");
        chart.ShouldContain(">3 m</text>");
        chart.ShouldContain(">11/21</text>");
        WebUtility.HtmlDecode(chart).ShouldContain("Lowest 1.00 m, highest");
    }

    [Fact]
    public async Task Show_Always_HasTheTableBehindTheChart()
    {
        await using var portal = await FullAsync();

        var chart = Html.Section(await portal.GetAsync(Page + "?lang=en"), "chart-waterLevelMetres\" class=\"chart-section");

        chart.ShouldContain("<summary>Show as a table</summary>");
        Html.Words(chart).ShouldContain("Each 30 min");
        chart.Split("<th scope=\"row\">").Length.ShouldBeInRange(45, 50);
    }

    [Theory]
    [InlineData("6h", "bucket=1m")]
    [InlineData("24h", "bucket=10m")]
    [InlineData("7d", "bucket=1h")]
    [InlineData("30d", "bucket=1h")]
    public async Task Show_WhenASpanIsChosen_AsksForBucketsAndNeverForReadings(string span, string bucket)
    {
        await using var portal = await FullAsync();

        await portal.GetAsync($"{Page}?span={span}");

        var asked = portal.City.Questions.Where(question => question.Contains("/readings", StringComparison.Ordinal)).ToList();
        asked.Count.ShouldBe(2);
        asked.ShouldAllBe(question => question.Contains(bucket, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_WhenCompared_DrawsTheDayBeforeDashed()
    {
        await using var portal = await FullAsync();
        portal.City.Buckets.AddRange(DeviceSamples.Day(daysAgo: 1));

        var html = await portal.GetAsync(Page + "?compare=1&lang=en");

        html.ShouldContain("<path class=\"before\" d=\"M8");
        Html.Words(html).ShouldContain("The day before");
        (await portal.GetAsync(Page + "?lang=en")).ShouldNotContain("<path class=\"before\"");
    }

    [Fact]
    public async Task Show_WhenAZoomEndedNowAMomentAgo_GoesOnWithIt()
    {
        await using var portal = await FullAsync();
        const string Zoom = "?from=2026-11-21T20:00:00%2B09:00&to=2026-11-21T23:44:58%2B09:00&lang=en";

        (await portal.GetAsync(Page + Zoom + "&live=1")).ShouldContain("live-state");
        (await portal.GetAsync(Page + Zoom)).ShouldNotContain("live-state");
    }

    [Fact]
    public async Task Show_WhenALaterTimeIsPossible_LeadsThere()
    {
        await using var portal = await FullAsync();

        var live = await portal.GetAsync(Page + "?span=6h&lang=en");
        var past = await portal.GetAsync(Page + "?span=6h&to=2026-11-21T12:00:00%2B09:00&lang=en");

        live.ShouldNotContain("Later");
        live.ShouldContain("?span=6h&amp;to=2026-11-21T20%3A45%3A00%2B09%3A00\"");
        past.ShouldContain("?span=6h&amp;to=2026-11-21T15%3A00%3A00%2B09%3A00\"");
        past.ShouldNotContain("live-state");
    }

    [Theory]
    [InlineData("?span=forever")]
    [InlineData("?from=9999-12-31T23:59:59%2B09:00&to=0001-01-01T00:00:00%2B09:00")]
    [InlineData("?from=0001-01-01T00:00:00%2B09:00&to=9999-12-31T00:00:00%2B09:00")]
    [InlineData("?to=2026-11-21T12:00:00")]
    [InlineData("?from=1901-01-01T00:00:00%2B09:00&to=2199-01-01T00:00:00%2B09:00")]
    [InlineData("?metric=nothing")]
    public async Task Show_WhenTheAddressIsOdd_StillShowsAChart(string query)
    {
        await using var portal = await FullAsync();

        (await portal.GetAsync(Page + query)).ShouldContain("class=\"chart\"");
    }

    [Fact]
    public async Task Show_WhenNoValueCame_SaysSo()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(DeviceSamples.Raised);

        Html.Words(await portal.GetAsync(Page + "?lang=en")).ShouldContain("No values in this time");
    }

    [Fact]
    public async Task Show_Always_SaysWhatRulesWatchTheDevice()
    {
        await using var portal = await FullAsync();

        var rules = Html.Words(Html.Section(await portal.GetAsync(Page + "?lang=en"), "rules"));

        rules.ShouldContain("Water level at 3.20 m or more, until below 3.00 m. high-water");
        rules.ShouldContain("Nothing heard for 10 min (staff are told). quiet");
    }

    [Fact]
    public async Task ShowLive_Always_GivesTheSamePartsAsThePage()
    {
        await using var portal = await FullAsync();

        var page = await portal.GetAsync(Page + "?lang=en");
        var fragment = await portal.GetAsync(Page + "/live?lang=en");

        page.ShouldContain("data-stream=\"/api/162043/telemetry/stream?device=river-katakai-1&amp;\"");
        Html.Words(page).ShouldContain(Html.Words(Html.Section(fragment, "state")));
        Html.Section(fragment, "chart-waterLevelMetres\" class=\"chart-section").ShouldContain("class=\"line\"");
    }

    [Fact]
    public async Task Show_WhenTelemetryIsAway_StillSaysWhatWatchesTheDevice()
    {
        await using var portal = await FullAsync();
        portal.City.Failing.Add("telemetry");

        var words = Html.Words(await portal.GetAsync(Page + "?lang=en"));

        words.ShouldContain("Devices cannot be read");
        words.ShouldContain("Nothing heard for 10 min");
    }

    private static async Task<PortalApp> FullAsync()
    {
        var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge());
        portal.City.Buckets.AddRange(DeviceSamples.Day());
        return portal;
    }

    [GeneratedRegex("<path class=\"line\" d=\"(?<path>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinePath();
}
