using SmartCity.Portal.Tests.Devices;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

public sealed class StaffDevicesTests
{
    [Fact]
    public async Task List_WhenOpenedByStaff_ShowsCountsAndAsksForTheWorstFirst()
    {
        await using var app = await StaffApp.StartAsync();
        app.Telemetry.Fleet = DeviceSamples.Fleet;
        app.Telemetry.Devices = [DeviceSamples.Silent, DeviceSamples.WrongClock];

        var html = (await app.OpenAsync("/172022/staff/devices?lang=en")).Html;

        var fleet = Html.Words(Html.Section(html, "fleet"));
        fleet.ShouldContain("10,000 registered");
        fleet.ShouldContain("12 silent");
        fleet.ShouldContain("9,980 heard in 15 min");
        Html.Words(Html.Section(html, "devices")).ShouldContain("Silent for");
        html.ShouldContain("href=\"/172022/staff/devices?health=silent\"");
        app.Telemetry.Questions.ShouldContain(question => question.Contains("order=trouble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_WhenCountsAreAway_StillListsDevices()
    {
        await using var app = await StaffApp.StartAsync();
        app.Telemetry.Devices = [DeviceSamples.Silent];

        var words = Html.Words((await app.OpenAsync("/172022/staff/devices?lang=en")).Html);

        words.ShouldContain("the counts could not be read");
        words.ShouldContain("Silent for");
    }

    [Fact]
    public async Task List_WhenTheMunicipalityIsNotOnboarded_SaysSo()
    {
        await using var app = await StaffApp.StartAsync();
        app.Issuer.Role = "operator";

        (await app.OpenAsync("/202011/staff/devices?lang=en")).Html.ShouldContain("This municipality is not onboarded yet");
    }

    [Fact]
    public async Task Home_Always_LeadsToTheDevices()
    {
        await using var app = await StaffApp.StartAsync();

        (await app.OpenAsync("/172022/staff?lang=en")).Html.ShouldContain("<a class=\"target\" href=\"/172022/staff/devices\">See how the devices are</a>");
    }
}
