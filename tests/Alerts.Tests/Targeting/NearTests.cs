using System.Net;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Tests.Delivery;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Targeting;

public sealed class NearTests
{
    [Fact]
    public async Task Active_WhenAPlaceIsGiven_GivesWhatConcernsItAndTheWholeTown()
    {
        await using var app = await AlertsApp.StartAsync();
        var near = await PublishAsync(app, "landslide", 36.80, 137.42);
        var far = await PublishAsync(app, "flood", 36.90, 137.60);
        await app.RaiseAsync(TestTown.Level3, minute: 0, "gauge-of-the-whole-town");
        var whole = (await AllAsync(app, "")).Single(id => id != near && id != far);

        (await AllAsync(app, "?near=36.801,137.421")).ShouldBe([near, whole], ignoreOrder: true);
        (await AllAsync(app, "?near=36.85,137.50")).ShouldBe([whole]);
    }

    [Fact]
    public async Task Active_WhenTheAlertHasEnded_DoesNotGiveItAnyMore()
    {
        await using var app = await AlertsApp.StartAsync();
        var id = await PublishAsync(app, "landslide", 36.80, 137.42);
        (await AllAsync(app, "?near=36.80,137.42")).ShouldBe([id]);
        using var cancelled = await app.SendAsync(HttpMethod.Post, AlertsApp.Town(id + "/cancel"), DeliveryApp.Officer(), new { reason = "over" });
        cancelled.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AllAsync(app, "?near=36.80,137.42")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("here")]
    [InlineData("137.4,36.8")]
    public async Task Active_WhenThePlaceIsNone_SaysHowToGiveOne(string near)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("active?near=" + near));
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.BadRequest)).ShouldBe("near-malformed");
    }

    private static async Task<IReadOnlyList<string>> AllAsync(AlertsApp app, string query)
        => [.. (await app.GetAsync<Page<AlertView>>(AlertsApp.Town("active" + query))).Items.Select(alert => alert.Id)];

    private static async Task<string> PublishAsync(AlertsApp app, string hazard, double latitudeDegrees, double longitudeDegrees)
    {
        using var written = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), DeliveryApp.Officer(),
            new { level = 3, hazard, area = new { circle = new { latitudeDegrees, longitudeDegrees, radiusMetres = 800 } } });
        var draft = await AlertsApp.ReadAsync<DraftView>(written);
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), TestTokens.For("officer-2", "officer", TestTown.Uozu));
        return (await AlertsApp.ReadAsync<DraftView>(approved)).AlertId!;
    }
}
