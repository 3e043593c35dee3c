using SmartCity.Contracts;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed class EncodingTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>[a|b]{time}";

    /// <summary>A path segment holds no slash, not even an encoded one.</summary>
    private static readonly string HostileId = Hostile.Replace("/", "", StringComparison.Ordinal);

    [Theory]
    [InlineData("ja")]
    [InlineData("ja-easy")]
    [InlineData("en")]
    public async Task Show_WhenDataIsHostile_EncodesItEverywhere(string language)
    {
        await using var portal = await PortalApp.StartAsync();
        var words = Samples.Flood().Info[0] with
        {
            Language = language,
            Event = Hostile,
            LevelName = Hostile,
            Headline = Hostile,
            Description = Hostile,
            Instruction = Hostile,
            AreaDescription = Hostile,
        };
        portal.City.Alerts.Add(Samples.Flood() with { Id = HostileId, Hazard = Hostile, Explanation = Hostile, Info = [words] });
        portal.City.Shelters.Add(Samples.Shelter(Hostile, Hostile, 10) with { Address = Hostile });
        portal.City.Devices.Add(Samples.Gauge(name: Hostile) with
        {
            Name = new LocalizedText(Hostile, Hostile),
            Latest = new Dictionary<string, Contracts.Views.ReadingView>(StringComparer.Ordinal) { [Hostile] = new(DateTimeOffset.UnixEpoch, 1) },
        });

        string[] pages =
        [
            await portal.GetAsync("/162043?lang=" + language),
            await portal.GetAsync("/162043/live?lang=" + language),
            await portal.GetAsync($"/162043/alerts/{Uri.EscapeDataString(HostileId)}?lang={language}"),
        ];

        pages.ShouldAllBe(html => html.Contains("&lt;script&gt;", StringComparison.Ordinal));
        pages.ShouldAllBe(html => !html.Contains("<script>", StringComparison.OrdinalIgnoreCase));
        pages.ShouldAllBe(html => !html.Contains("<img", StringComparison.OrdinalIgnoreCase));
        pages.ShouldAllBe(html => !html.Contains("\"'>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_WhenTownNameIsHostile_EncodesIt()
    {
        await using var portal = await PortalApp.StartAsync();

        (await portal.GetAsync("/")).ShouldContain("七尾市&lt;script&gt;");
        (await portal.GetAsync("/172022")).ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Show_WhenAddressIsHostile_EncodesItInTheLanguageSwitch()
    {
        await using var portal = await PortalApp.StartAsync();

        using var response = await portal.SendAsync("/162043/%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        (await response.Content.ReadAsStringAsync()).ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Show_WhenTextIsJapanese_KeepsItReadable()
    {
        // U+9B5A is 魚 of 魚津市.
        await using var portal = await PortalApp.StartAsync();

        (await portal.GetAsync("/162043?lang=ja")).ShouldNotContain("&#x9B5A;");
    }
}
