using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Devices;

public sealed class DeviceListTests
{
    public static TheoryData<string, string> States => new()
    {
        { "Silent", "health-silent Silent for 3 h 12 min" },
        { "WrongClock", "health-clock Clock 5 min ahead" },
        { "Refused", "health-refused Refused at 23:42: its time is in the future" },
        { "Raised", "health-raised At the value of alert level 3" },
        { "RaisedWithoutPolicy", "health-raised At its alert value (quiet)" },
        { "NeverHeard", "health-waiting Never heard" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task List_WhenADeviceIsNotWell_SaysSoInWordsWithASignAndAColour(string sample, string expected)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add((DeviceView)typeof(DeviceSamples).GetProperty(sample)!.GetValue(null)!);
        var (colour, words) = (expected[..expected.IndexOf(' ', StringComparison.Ordinal)], expected[(expected.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

        var devices = Html.Section(await portal.GetAsync("/162043/devices?lang=en"), "devices");

        devices.ShouldContain($"health-note {colour}\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">");
        Html.Words(devices).ShouldContain(words);
    }

    [Fact]
    public async Task List_Always_GivesValuesWithUnitsAndTimes()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge());

        var words = Html.Words(Html.Section(await portal.GetAsync("/162043/devices?lang=en"), "devices"));

        words.ShouldContain("Water level 3.42 m 23:40");
        words.ShouldContain("Katakai river at Ochiai bridge");
        words.ShouldContain("1 devices, as of 21 November 2026, 23:45 JST");
    }

    [Fact]
    public async Task List_WhenSearched_AsksTelemetryAndKeepsTheFormAndTheQueryInOtherLanguages()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge());

        var html = await portal.GetAsync("/162043/devices?search=" + Uri.EscapeDataString("ｶﾀｶｲ\"") + "&kind=river-gauge&health=silent&lang=en");

        portal.City.Questions.ShouldContain(question => question.Contains("health=silent", StringComparison.Ordinal) && question.Contains("kind=river-gauge", StringComparison.Ordinal)
            && question.Contains("search=%EF%BD%B6", StringComparison.Ordinal) && question.Contains("limit=50", StringComparison.Ordinal));
        html.ShouldContain("value=\"ｶﾀｶｲ&quot;\"");
        html.ShouldContain("<option value=\"silent\" selected");
        html.ShouldContain("kind=river-gauge&amp;health=silent&amp;lang=ja\"");
    }

    [Fact]
    public async Task List_WhenThereAreMore_LeadsToTheNextPageAndBackToTheFirst()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge());
        portal.City.HasMore = true;

        var first = await portal.GetAsync("/162043/devices?kind=rain&lang=en");
        var second = await portal.GetAsync("/162043/devices?kind=rain&after=next-page&lang=en");

        first.ShouldContain("rel=\"next\" href=\"/162043/devices?kind=rain&amp;after=next-page\"");
        first.ShouldNotContain("First page");
        second.ShouldContain("href=\"/162043/devices?kind=rain\">First page");
        portal.City.Questions.ShouldContain(question => question.Contains("after=next-page", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_WhenNothingFits_SaysWhatToDo()
    {
        await using var portal = await PortalApp.StartAsync();

        var words = Html.Words(await portal.GetAsync("/162043/devices?search=nothing&lang=en"));

        words.ShouldContain("No device fits");
        words.ShouldContain("Show all devices");
    }

    [Fact]
    public async Task List_WhenTheTownHasNoDevice_SaysWhereElseToLook()
    {
        await using var portal = await PortalApp.StartAsync();

        Html.Words(await portal.GetAsync("/172022/devices?lang=en")).ShouldContain("No device is registered yet Check rivers");
    }

    [Fact]
    public async Task List_WhenTelemetryIsAway_SaysThatNothingIsLost()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Failing.Add("telemetry");

        Html.Words(await portal.GetAsync("/162043/devices?lang=en")).ShouldContain("Measurements that arrived are not lost.");
    }

    [Theory]
    [InlineData("/162043/devices/none")]
    [InlineData("/162043/devices/..%2f..%2fsecret")]
    public async Task Device_WhenThereIsNone_LeadsToTheList(string path)
    {
        await using var portal = await PortalApp.StartAsync();

        using var answer = await portal.SendAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("/162043/devices\"");
    }
}
