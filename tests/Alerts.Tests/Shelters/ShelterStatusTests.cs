using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Shelters;

/// <summary>Two clerks with a phone each, in one gymnasium.</summary>
public sealed class ShelterStatusTests
{
    private const string Csv = """
        ID,名称,所在地_連結表記,緯度,経度,災害種別_洪水,想定収容人数
        school,中学校,魚津市2,36.8100,137.4100,1,300
        hall,公民館,魚津市3,36.8200,137.4100,1,
        """;

    private static readonly string Clerk = TestTokens.For("clerk-one", "clerk", TestTown.Uozu);
    private static readonly string Colleague = TestTokens.For("clerk-two", "clerk", TestTown.Uozu);

    [Fact]
    public async Task SetStatus_WithAHeadCount_ShowsItAndKeepsWhoSaidWhatWhen()
    {
        await using var app = await StartAsync();
        (await SetAsync(app, Clerk, new { status = "open", peopleNow = 12 })).Status.ShouldBe(HttpStatusCode.OK);
        (await SetAsync(app, Clerk, new { status = "full", peopleNow = 300 })).Status.ShouldBe(HttpStatusCode.OK);

        var shelter = await app.GetAsync<ShelterView>(AlertsApp.Town("shelters/school"));
        (shelter.Status, shelter.PeopleNow, shelter.Capacity, shelter.Version).ShouldBe(("full", 300, 300, 2));
        var reports = await app.GetAsync<Page<ShelterReportView>>(AlertsApp.Town("shelters/school/reports"), Colleague);
        reports.Items.Select(report => (report.Version, report.Status, report.PeopleNow, report.ReportedBy))
            .ShouldBe([(2, "full", 300, "clerk-one"), (1, "open", 12, "clerk-one")]);
        (await app.GetAsync<Dictionary<string, string>>(AlertsApp.Town("shelters/reporters"), Colleague)).ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["school"] = "clerk-one" });
    }

    [Fact]
    public async Task SetStatus_WhenNobodyCounts_ShowsNoOldCountWithANewTime()
    {
        await using var app = await StartAsync();
        await SetAsync(app, Clerk, new { status = "open", peopleNow = 12 });
        await SetAsync(app, Clerk, new { status = "full" });
        (await app.GetAsync<ShelterView>(AlertsApp.Town("shelters/school"))).PeopleNow.ShouldBeNull();
    }

    [Fact]
    public async Task SetStatus_OverWhatAColleagueSaid_NeedsToHaveSeenIt()
    {
        await using var app = await StartAsync();
        await SetAsync(app, Clerk, new { status = "open" });
        var seen = await app.GetAsync<ShelterView>(AlertsApp.Town("shelters/school"));

        var blind = await SetAsync(app, Colleague, new { status = "closed" });
        (blind.Status, blind.Problem).ShouldBe((HttpStatusCode.PreconditionRequired, "shelter-status-unseen"));
        blind.Body.GetProperty("current").GetProperty("statusBy").GetString().ShouldBe("clerk-one");
        (await SetAsync(app, Colleague, new { status = "closed" }, ifMatch: "\"1\"")).Status.ShouldBe(HttpStatusCode.OK);

        var late = await SetAsync(app, Clerk, new { status = "full" }, ifMatch: "\"1\"");
        (late.Status, late.Problem).ShouldBe((HttpStatusCode.PreconditionFailed, "shelter-changed-meanwhile"));
        var later = await SetAsync(app, Clerk, new { status = "full", asOf = seen.StatusAsOf });
        (later.Status, later.Problem).ShouldBe((HttpStatusCode.Conflict, "shelter-changed-meanwhile"));
        (await app.GetAsync<ShelterView>(AlertsApp.Town("shelters/school"))).Status.ShouldBe("closed");
        (await SetAsync(app, Clerk, new { status = "full" }, ifMatch: "*")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SetStatus_WhenTheAnswerWasLostAndItIsSentAgain_IsDoneOnce()
    {
        await using var app = await StartAsync();
        await SetAsync(app, Clerk, new { status = "open", peopleNow = 5 }, ifMatch: "\"0\"");
        (await SetAsync(app, Clerk, new { status = "open", peopleNow = 5 }, ifMatch: "\"0\"")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync<Page<ShelterReportView>>(AlertsApp.Town("shelters/school/reports"), Clerk)).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SetStatus_WhenTheCountIsImpossible_SaysSo()
    {
        await using var app = await StartAsync();
        (await SetAsync(app, Clerk, new { status = "open", peopleNow = -1 })).Problem.ShouldBe("people-out-of-range");
    }

    [Fact]
    public async Task List_WhenAskedForTheNearestOpenOne_GivesItWithAnEstimateOfTheWalk()
    {
        await using var app = await StartAsync();
        (await OpenAsync(app)).Items.ShouldBeEmpty();
        await SetAsync(app, Clerk, new { status = "open" });

        var nearest = (await OpenAsync(app)).Items.ShouldHaveSingleItem();
        nearest.DistanceMetres!.Value.ShouldBe(1112, tolerance: 2);
        nearest.WalkingMetresEstimate!.Value.ShouldBe(1446, tolerance: 3);
        nearest.WalkingMinutesEstimate.ShouldBe(25);
    }

    [Fact]
    public async Task List_WithoutAPlace_IsTheWholeTownAndMayBeKept_WithOneItMayNot()
    {
        await using var app = await StartAsync();
        using var all = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("shelters"));
        using var near = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("shelters?near=36.8,137.4"));
        (await AlertsApp.ReadAsync<Page<ShelterView>>(all)).Items.ShouldAllBe(shelter => shelter.DistanceMetres == null && shelter.WalkingMetresEstimate == null);
        all.Headers.CacheControl!.ToString().ShouldBe("public, max-age=5");
        near.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static Task<AlertsApp> StartAsync() => AlertsApp.StartAsync(Encoding.UTF8.GetBytes(Csv));

    private static Task<Page<ShelterView>> OpenAsync(AlertsApp app)
        => app.GetAsync<Page<ShelterView>>(AlertsApp.Town("shelters?near=36.8,137.41&hazard=flood&status=open"));

    private static async Task<(HttpStatusCode Status, string? Problem, JsonElement Body)> SetAsync(AlertsApp app, string token, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, AlertsApp.Town("shelters/school/status")) { Content = JsonContent.Create(body, options: CityJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await app.Client.SendAsync(request);
        var answer = await AlertsApp.ReadAsync<JsonElement>(response);
        var type = answer.TryGetProperty("type", out var value) ? value.GetString()!.Replace("urn:smartcity:problem:", "", StringComparison.Ordinal) : null;
        return (response.StatusCode, type, answer);
    }
}
