using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

/// <summary>What the resident's pages keep to, the staff's keep to as well.</summary>
public sealed partial class StaffPageTests
{
    private const int OrdinaryBytes = 60_000;
    private const int LargestBytes = 150_000;

    [Theory]
    [InlineData("")]
    [InlineData("/changes")]
    [InlineData("/changes/4")]
    [InlineData("/changes/4/approve")]
    [InlineData("/grants")]
    public async Task Page_InEveryLanguage_IsLightAndNeedsNeitherScriptNorAnotherSite(string page)
    {
        await using var app = await StaffApp.StartAsync(Requests.Destructive(), Requests.Pending());
        await app.OpenAsync("/172022/staff");
        foreach (var language in new[] { "ja", "ja-easy", "en" })
        {
            var (_, html, at) = await app.OpenAsync($"/172022/staff{page}?lang={language}");

            at.AbsolutePath.ShouldBe("/172022/staff" + page);
            (await WeightAsync(app, html)).ShouldBeLessThan(OrdinaryBytes, language);
            Elsewhere().Matches(html).Select(match => match.Value).ShouldBeEmpty(language);
        }
    }

    [Fact]
    public async Task Change_WhenItIsOfAWholeTown_ShowsTheFirstAndSaysHowToSeeTheRest()
    {
        var change = Requests.Pending();
        var steps = Enumerable.Range(1, 2_000).Select(number => new PlanStep("+", "devices", string.Create(CultureInfo.InvariantCulture, $"river-gauge-{number}"),
            [new FieldChange("name.ja", null, "片貝川 観測所"), new FieldChange("kind", null, "river-gauge"), new FieldChange("latitudeDegrees", null, "36.8273")])).ToList();
        await using var app = await StaffApp.StartAsync(change with { Plan = change.Plan with { Steps = steps, Counts = new PlanCounts(2_000, 0, 0) } });

        var html = (await app.OpenAsync("/172022/staff/changes/3")).Html;

        html.ShouldContain("smartcity changes show 3");
        (await WeightAsync(app, html)).ShouldBeLessThan(LargestBytes);
    }

    private static async Task<int> WeightAsync(StaffApp app, string html)
    {
        var bytes = Encoding.UTF8.GetByteCount(html);
        foreach (var url in Asset().Matches(html).Select(match => match.Value))
        {
            using var asset = await app.GetAsync(url);
            bytes += (await asset.Content.ReadAsByteArrayAsync()).Length;
        }

        return bytes;
    }

    [GeneratedRegex("/portal-assets/[^\"]+", RegexOptions.NonBacktracking)]
    private static partial Regex Asset();

    [GeneratedRegex("https?://|=\"//| style=\"|<style|<script|\\son[a-z]+=\"", RegexOptions.NonBacktracking)]
    private static partial Regex Elsewhere();
}
