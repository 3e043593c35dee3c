using System.Net;
using System.Text.Json;
using SmartCity.Alerts.Cap.Xml;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Drafts;

public sealed class DraftAreaTests
{
    private static readonly string Officer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);
    private static readonly string SecondOfficer = TestTokens.For("officer-uozu-2", "officer", TestTown.Uozu);

    private static readonly double[][] Quarter = [[137.40, 36.80], [137.44, 36.80], [137.44, 36.84], [137.40, 36.80]];

    [Fact]
    public async Task Approve_WhenADrillIsDrawnAsAPolygon_SaysInEveryTextThatItIsOne()
    {
        await using var app = await AlertsApp.StartAsync();
        var alert = await PublishAsync(app, new
        {
            level = 4,
            hazard = "flood",
            status = "Exercise",
            area = new { polygon = new { type = "Polygon", coordinates = new[] { Quarter } } },
            info = new[] { new { language = "ja", headline = "避難訓練" } },
        });
        alert.Status.ShouldBe("Exercise");
        alert.Info[0].Headline.ShouldBe("【訓練】避難訓練");
        alert.Info[0].Instruction.ShouldStartWith("【訓練】");
        alert.Info[1].Headline.ShouldStartWith("[DRILL] ");
        alert.Info[1].AreaDescription.ShouldBe("Part of Uozu City (see the map)");
        var cap = await app.CapAsync(alert.Id);
        (cap["status"], cap.InfoOf("ja-JP", "area", "polygon")).ShouldBe(("Exercise", "36.8,137.4 36.8,137.44 36.84,137.44 36.8,137.4"));
        cap["note"].ShouldContain("訓練");
    }

    [Fact]
    public async Task Approve_WhenTheAreaIsACircle_CarriesIt()
    {
        await using var app = await AlertsApp.StartAsync();
        var alert = await PublishAsync(app, new { level = 3, hazard = "landslide", area = new { circle = new { latitudeDegrees = 36.8, longitudeDegrees = 137.42, radiusMetres = 800 } } });
        (await app.CapAsync(alert.Id)).InfoOf("en-US", "area", "circle").ShouldBe("36.8,137.42 0.8");
        alert.Area!.Value.GetProperty("type").GetString().ShouldBe("Polygon");
    }

    [Theory]
    [InlineData("""{"polygon":{"type":"Polygon","coordinates":[[[137.4,36.8],[137.44,36.84],[137.44,36.8],[137.4,36.84],[137.4,36.8]]]}}""", "polygon-not-simple")]
    [InlineData("""{"polygon":{"type":"Polygon","coordinates":[[[137.4,36.8],[137.44,36.8],[137.44,36.84]]]}}""", "polygon-too-few-points")]
    [InlineData("""{"polygon":{"type":"Polygon","coordinates":[[[36.8,37.4],[36.8,37.44],[36.84,37.44],[36.8,37.4]]]}}""", "area-far-away")]
    [InlineData("""{"polygon":{"type":"Point","coordinates":[137.4,36.8]}}""", "polygon-form")]
    [InlineData("""{"polygon":{"type":"Polygon","coordinates":[["a"]]}}""", "polygon-form")]
    [InlineData("""{"polygon":[]}""", "polygon-form")]
    [InlineData("""{"circle":{"latitudeDegrees":36.8,"longitudeDegrees":137.4,"radiusMetres":-5}}""", "radius-out-of-range")]
    [InlineData("""{"circle":{"latitudeDegrees":137.4,"longitudeDegrees":36.8,"radiusMetres":500}}""", "coordinate-out-of-range")]
    [InlineData("{}", "area-form")]
    public async Task Write_WhenTheAreaIsWrong_NamesTheFault(string area, string code)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, new { level = 3, hazard = "flood", area = JsonDocument.Parse(area).RootElement });
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("area-not-usable");
        (await response.Content.ReadAsStringAsync()).ShouldContain($"\"{code}\"");
    }

    [Fact]
    public async Task OwnMessages_Always_PassTheRulesForOthers()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        await app.ClearAsync(TestTown.Level4, minute: 2);
        await app.ClearAsync(TestTown.Level3, minute: 3);
        await app.RaiseAsync(TestTown.Zone, minute: 0, "zone/valley");
        await PublishAsync(app, new { level = 5, hazard = "flood", status = "Exercise", area = new { polygon = new { type = "Polygon", coordinates = new[] { Quarter } } } });
        await PublishAsync(app, new { level = 1, hazard = "tsunami", status = "Test" });

        var documents = await app.Database.ColumnAsync("SELECT cap_xml FROM alert_message");
        documents.Length.ShouldBe(7);
        foreach (var xml in documents)
        {
            CapReader.Read(xml!, app.Clock.GetUtcNow()).Notices.ShouldBeEmpty(xml);
        }
    }

    private static async Task<AlertView> PublishAsync(AlertsApp app, object body)
    {
        using var written = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, body);
        written.StatusCode.ShouldBe(HttpStatusCode.Created, await written.Content.ReadAsStringAsync());
        var draft = await AlertsApp.ReadAsync<DraftView>(written);
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), SecondOfficer);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        return await app.GetAsync<AlertView>(AlertsApp.Town((await AlertsApp.ReadAsync<DraftView>(approved)).AlertId!));
    }
}
