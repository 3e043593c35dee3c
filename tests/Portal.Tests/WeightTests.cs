using System.Text;
using System.Text.RegularExpressions;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed partial class WeightTests
{
    private const int FirstLoadBytes = 85_000;

    [Theory]
    [InlineData("ja")]
    [InlineData("ja-easy")]
    [InlineData("en")]
    public async Task FirstLoad_WhenThePageIsFull_StaysWithinTheBudget(string language)
    {
        await using var portal = await FullPortalAsync();

        var html = await portal.GetAsync("/162043?lang=" + language);
        var bytes = Encoding.UTF8.GetByteCount(html);
        foreach (var url in AssetUrls(html))
        {
            bytes += (await portal.Client.GetByteArrayAsync(url)).Length;
        }

        bytes.ShouldBeLessThan(FirstLoadBytes);
    }

    [Theory]
    [InlineData("/162043/devices?lang=ja-easy")]
    [InlineData("/162043/devices/river-katakai-1?compare=1&lang=ja")]
    [InlineData("/162043/devices/river-katakai-1?span=30d&compare=1&lang=ja-easy")]
    [InlineData("/162043/map?lang=ja-easy")]
    public async Task FirstLoad_WhenAPageOfDevicesIsFull_StaysBelow150Kilobytes(string path)
    {
        await using var portal = await FullPortalAsync();
        portal.City.Devices[0] = portal.City.Devices[0] with
        {
            Latest = Enumerable.Range(0, 8).ToDictionary(index => $"metric{index}Metres", _ => new SmartCity.Contracts.Views.ReadingView(FixedClock.Evening.GetUtcNow(), 1.234), StringComparer.Ordinal),
        };
        portal.City.Devices.AddRange(Enumerable.Range(21, 80).Select(number => Samples.Gauge(name: $"片貝川 観測所 {number}") with { Id = $"river-{number}" }));
        portal.City.Buckets.AddRange(Enumerable.Range(0, 60 * 24).Select(hour => new SmartCity.Portal.Backend.BucketView(
            FixedClock.Evening.GetUtcNow().AddHours(-hour), 6, 1.11 + (hour % 7), 2.22 + (hour % 11), 1.66 + (hour % 9), 1.5)).Reverse());

        var html = await portal.GetAsync(path);
        var bytes = Encoding.UTF8.GetByteCount(html);
        foreach (var url in AssetUrls(html))
        {
            bytes += (await portal.Client.GetByteArrayAsync(url)).Length;
        }

        bytes.ShouldBeLessThan(150_000);
        html.Length.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/162043/devices?lang=ja-easy")]
    [InlineData("/162043/devices/river-katakai-1?lang=ja-easy")]
    [InlineData("/162043/map?lang=ja-easy")]
    [InlineData("/162043?lang=ja-easy")]
    [InlineData("/162043/alerts/jp.uozu.20261121-1")]
    public async Task Page_Always_LoadsNothingFromElsewhereAndHasNothingInline(string path)
    {
        await using var portal = await FullPortalAsync();

        var html = await portal.GetAsync(path);

        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        html.ShouldNotContain("=\"//");
        html.ShouldNotContain(" style=\"");
        html.ShouldNotContain("<style");
        html.ShouldNotContain("<script>");
        InlineHandler().IsMatch(html).ShouldBeFalse();
    }

    [Fact]
    public async Task Asset_WhenHashIsCurrent_MayBeKeptForever()
    {
        await using var portal = await PortalApp.StartAsync();
        var urls = AssetUrls(await portal.GetAsync("/162043"));

        urls.Count.ShouldBe(6);
        foreach (var url in urls)
        {
            using var response = await portal.Client.GetAsync(url);
            response.IsSuccessStatusCode.ShouldBeTrue(url);
            response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        }
    }

    [Fact]
    public async Task Asset_WhenHashIsOutdated_IsTodaysFileAndNotKept()
    {
        await using var portal = await PortalApp.StartAsync();

        using var outdated = await portal.Client.GetAsync("/portal-assets/site.000000000000.css");
        using var unknown = await portal.Client.GetAsync("/portal-assets/..%2fsecret.txt");

        outdated.Headers.CacheControl!.NoCache.ShouldBeTrue();
        outdated.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        unknown.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public void LiveScript_Always_StaysBelow4Kilobytes()
        => new FileInfo(Path.Combine(AppContext.BaseDirectory, "portal-assets", "live.js")).Length.ShouldBeLessThan(4096);

    private static List<string> AssetUrls(string html) => [.. AssetUrl().Matches(html).Select(match => match.Value)];

    private static async Task<PortalApp> FullPortalAsync()
    {
        var portal = await PortalApp.StartAsync();
        portal.City.Alerts.AddRange([Samples.Flood(), Samples.Flood(3, "second")]);
        portal.City.Shelters.AddRange(Enumerable.Range(1, 20).Select(number => Samples.Shelter($"魚津市立第{number}小学校体育館", "open", number * 250)));
        portal.City.Devices.AddRange(Enumerable.Range(1, 20).Select(number => Samples.Gauge(name: $"片貝川 観測所 {number}")));
        return portal;
    }

    [GeneratedRegex("/portal-assets/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssetUrl();

    [GeneratedRegex("\\son[a-z]+=\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineHandler();
}
