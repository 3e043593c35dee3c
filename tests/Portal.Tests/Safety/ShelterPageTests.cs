using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Safety;

public sealed class ShelterPageTests
{
    [Fact]
    public async Task Show_WhileAnAlertIsInForce_ListsThoseForItsHazardOpenFirstAndSendsNoPosition()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());
        portal.City.Shelters.AddRange(
        [
            Samples.Shelter("閉鎖", "closed", 100), Samples.Shelter("不明", "unknown", 200), Samples.Shelter("開設", "open", 900) with { PeopleNow = 41, Accessibility = new ShelterAccess(null, true, null, false) },
            Samples.Shelter("津波だけ", "open", 50) with { Hazards = ["tsunami"] },
        ]);

        var html = await portal.GetAsync("/162043/shelters?lang=en");
        var words = Html.Words(html);
        new[] { "開設", "不明", "閉鎖" }.Select(name => words.IndexOf(name, StringComparison.Ordinal)).ShouldBeInOrder();
        words.ShouldNotContain("津波だけ");
        words.ShouldContain("There are 1 more for other disasters only.");
        words.ShouldContain("people there now: 41");
        words.ShouldContain("Ramp");
        words.ShouldContain("No wheelchair toilet");
        words.ShouldContain("1.3 times the straight line, at 1.0 m per second");
        portal.City.Questions.ShouldContain("/api/162043/alerts/shelters");
        Html.Words(await portal.GetAsync("/162043/shelters?hazard=any&lang=en")).ShouldContain("津波だけ");
    }

    [Fact]
    public async Task Show_WhenThePlaceIsAway_SaysWhatIsMissing()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Failing.Add(AppIds.Alerts);
        Html.Words(await portal.GetAsync("/162043/shelters?lang=en")).ShouldContain("Nothing");
        Html.Words(await portal.GetAsync("/163422/shelters?lang=ja")).ShouldContain("防災行政無線");
    }

    [Fact]
    public void Script_Always_SendsNothing()
    {
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "portal-assets", "shelters.js"));
        foreach (var word in new[] { "fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "location.", "cookie", "Storage" })
        {
            script.Replace("navigator.geolocation.", "", StringComparison.Ordinal).ShouldNotContain(word);
        }
    }
}
