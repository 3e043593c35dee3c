using System.Net;
using System.Text;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Shelters;

public sealed class ShelterTests
{
    private const string Csv = """
        ID,名称,所在地_連結表記,緯度,経度,災害種別_洪水,災害種別_津波
        near,近い公園,魚津市1,36.8010,137.4100,,1
        mid,中学校,魚津市2,36.8100,137.4100,1,
        far,遠い山,魚津市3,36.9000,137.4100,1,1
        """;

    private static readonly string Clerk = TestTokens.For("clerk-uozu", "clerk", TestTown.Uozu);

    [Fact]
    public async Task List_WhenNearIsGiven_SortsByDistance()
    {
        await using var app = await StartAsync();
        var page = await ListAsync(app, "near=36.8000,137.4100");
        page.Items.Select(shelter => shelter.Id).ShouldBe(["near", "mid", "far"]);
        page.Items[0].DistanceMetres!.Value.ShouldBe(111, tolerance: 1);
        page.Items.ShouldAllBe(shelter => shelter.Status == "unknown" && shelter.StatusAsOf == null);
    }

    [Fact]
    public async Task List_WhenTheHazardIsGiven_LeavesOutSheltersThatAreNotForIt()
    {
        await using var app = await StartAsync();
        (await ListAsync(app, "near=36.8,137.41&hazard=flood")).Items.Select(shelter => shelter.Id).ShouldBe(["mid", "far"]);
        (await ListAsync(app, "hazard=flood&limit=1&near=36.8,137.41")).Next.ShouldBe("1");
    }

    [Fact]
    public async Task SetStatus_WhenAClerkDoes_ShowsItWithItsTimeAndSurvivesARestart()
    {
        await using var app = await StartAsync();
        using var response = await app.SendAsync(HttpMethod.Put, AlertsApp.Town("shelters/mid/status"), Clerk, new { status = "open" });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.WriteShelters(Encoding.UTF8.GetBytes(Csv.Replace("中学校", "新しい中学校", StringComparison.Ordinal).Replace("far,", "farther,", StringComparison.Ordinal)));
        await app.RestartAsync();

        var open = (await ListAsync(app, "status=open")).Items.ShouldHaveSingleItem();
        open.Name.In("ja").ShouldBe("新しい中学校");
        open.StatusAsOf.ShouldNotBeNull();
        (await ListAsync(app, "status=open,unknown")).Items.Select(shelter => shelter.Id).ShouldBe(["farther", "mid", "near"]);
    }

    [Fact]
    public async Task Start_WhenTheNewFileIsBad_KeepsTheSheltersAsTheyWere()
    {
        await using var app = await StartAsync();
        app.WriteShelters(Encoding.UTF8.GetBytes(Csv + "\nbad,悪い,住所,x,y,1,1"));
        await app.RestartAsync();
        (await ListAsync(app, "")).Items.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("{\"status\":\"maybe\"}", "mid", HttpStatusCode.UnprocessableEntity, "shelter-status-unknown")]
    [InlineData("{\"status\":\"open\"}", "nowhere", HttpStatusCode.NotFound, "unknown-shelter")]
    public async Task SetStatus_WhenSomethingIsWrong_SaysWhat(string body, string id, HttpStatusCode status, string problem)
    {
        await using var app = await StartAsync();
        using var response = await app.SendAsync(HttpMethod.Put, AlertsApp.Town($"shelters/{id}/status"), Clerk, System.Text.Json.JsonDocument.Parse(body));
        (await AlertsApp.ProblemAsync(response, status)).ShouldBe(problem);
    }

    [Fact]
    public async Task List_WhenAParameterIsWrong_NamesTheRightForm()
    {
        await using var app = await StartAsync();
        foreach (var (query, problem) in new[]
        {
            ("near=here", "near-malformed"),
            ("near=137.41,36.8", "near-malformed"),
            ("near=NaN,0", "near-malformed"),
            ("hazard=godzilla", "hazard-unknown"),
            ("status=maybe", "shelter-status-unknown"),
            ("limit=0", "limit-out-of-range"),
        })
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("shelters?" + query));
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.BadRequest)).ShouldBe(problem, query);
        }
    }

    private static Task<AlertsApp> StartAsync() => AlertsApp.StartAsync(Encoding.UTF8.GetBytes(Csv));

    private static Task<Page<ShelterView>> ListAsync(AlertsApp app, string query) => app.GetAsync<Page<ShelterView>>(AlertsApp.Town("shelters?" + query));
}
