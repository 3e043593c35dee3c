using System.Net;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Safety;

/// <summary>The town hall on a flood night.</summary>
public sealed class RescueTests
{
    [Fact]
    public async Task List_Always_HasTheMostUrgentFirstThenTheLongestWaitAndTheHelpedLast()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await AskAsync(app, "薬", "medicine");
        await AskAsync(app, "老人1", "elderly");
        await AskAsync(app, "老人2", "elderly", "small-children");
        await AskAsync(app, "けが", "other", "medical");
        var helped = await AskAsync(app, "先のけが", "medical");
        await AskAsync(app, "なにも言わない");
        await app.TakenAsync(new { status = "safe", name = "無事" });
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + helped, new { status = "done" }, SafetyClient.Officer);

        (await ListAsync(app)).Select(row => row.Name).ShouldBe(["けが", "老人2", "老人1", "薬", "なにも言わない", "先のけが"]);
        (await ListAsync(app, "?status=done")).ShouldHaveSingleItem().Name.ShouldBe("先のけが");
        (await ListAsync(app))[0].Needs.ShouldBe(["medical", "other"]);
    }

    [Fact]
    public async Task SetRescue_WhenTwoOfficersActAtOnce_TellsTheSecondAndKeepsWhoDidWhat()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var id = await AskAsync(app, "花子", "trapped");
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + id, new { status = "on-the-way" }, SafetyClient.Officer);
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + id, new { status = "on-the-way" }, SafetyClient.Officer);

        using var second = await app.SafetyAsync(HttpMethod.Put, "/rescue-list/" + id, new { status = "on-the-way" }, token: SafetyClient.Colleague);
        (await AlertsApp.ProblemAsync(second, HttpStatusCode.Conflict)).ShouldBe("rescue-changed-meanwhile");
        var seen = (await ListAsync(app)).ShouldHaveSingleItem().Rescue;
        (seen.Status, seen.By).ShouldBe(("on-the-way", "officer-uozu"));
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + id, new { status = "done", version = seen.Version }, SafetyClient.Colleague);

        var steps = await app.GetAsync<RescueState[]>(AlertsApp.Town($"safety-check/rescue-list/{id}/steps"), SafetyClient.Officer);
        steps.Select(step => (step.Status, step.By)).ShouldBe([("on-the-way", "officer-uozu"), ("done", "officer-two")]);
    }

    [Fact]
    public async Task SetRescue_WhenThePeopleBecameSafeOrTheWordIsWrong_SaysSo()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "need-help" });
        using var wrong = await app.SafetyAsync(HttpMethod.Put, "/rescue-list/" + receipt.Id, new { status = "soon" }, token: SafetyClient.Officer);
        (await AlertsApp.ProblemAsync(wrong, HttpStatusCode.UnprocessableEntity)).ShouldBe("rescue-status-unknown");
        using var changed = await app.SafetyAsync(HttpMethod.Put, "", new { code = receipt.Code, report = new { status = "safe" } });
        using var late = await app.SafetyAsync(HttpMethod.Put, "/rescue-list/" + receipt.Id, new { status = "on-the-way" }, token: SafetyClient.Officer);
        (await AlertsApp.ProblemAsync(late, HttpStatusCode.Conflict)).ShouldBe("help-not-asked");
        (await ListAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_WhenSomebodyAsksAgainAfterTheyWereHelped_WaitsAnew()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "need-help", needs = new[] { "medicine" } });
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + receipt.Id, new { status = "done" }, SafetyClient.Officer);
        using var again = await app.SafetyAsync(HttpMethod.Put, "", new { code = receipt.Code, report = new { status = "need-help", needs = new[] { "medical" } } });
        (await ListAsync(app, "?status=waiting")).ShouldHaveSingleItem().Needs.ShouldBe(["medical"]);
    }

    [Fact]
    public async Task Names_WhenOfficersOfTheTownReadThem_AreInTheExchangeLogEachTime()
    {
        await using var app = await SafetyClient.FloodedAsync();
        using var call = await app.SafetyAsync(HttpMethod.Post, "/calls", new { status = "need-help", name = "電話の人" }, SafetyClient.NewKey(), SafetyClient.Clerk);
        call.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await AlertsApp.ReadAsync<JsonElement>(call)).GetProperty("id").GetString()!;
        (await ListAsync(app)).ShouldHaveSingleItem().EnteredBy.ShouldBe("clerk-uozu");
        using var csv = await app.SafetyAsync(HttpMethod.Get, "/rescue-list/export.csv", body: null, token: SafetyClient.Officer);
        using var erased = await app.SafetyAsync(HttpMethod.Delete, "/rescue-list/" + id, body: null, token: SafetyClient.Officer);
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        foreach (var (operation, actor, subject) in new[]
        {
            ("safety-report.write", "clerk-uozu", "safety-report/" + id),
            ("rescue-list.read", "officer-uozu", null),
            ("rescue-list.export", "officer-uozu", null),
            ("safety-report.delete", "officer-uozu", "safety-report/" + id),
        })
        {
            var record = await app.Sidecar.NextRecordAsync();
            (record.Operation, record.Actor.Subject, record.Subject, record.Municipality, record.Service).ShouldBe((operation, actor, subject, TestTown.Uozu, AppIds.Alerts));
        }
    }

    [Fact]
    public async Task Counts_ForEverybodyInTheTownHall_HaveNumbersAndNothingElse()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await AskAsync(app, "花子", "medical", "elderly");
        await app.TakenAsync(new { status = "safe", peopleCount = 4, name = "太郎" });
        using var response = await app.SafetyAsync(HttpMethod.Get, "/counts", body: null, token: SafetyClient.Clerk);
        var counts = await AlertsApp.ReadAsync<SafetyCounts>(response);
        (counts.Reports, counts.PeopleSafe, counts.PeopleNeedHelp, counts.Rescue["waiting"], counts.OpenNeeds["elderly"]).ShouldBe((2, 4, 1, 1, 1));
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("花子");
        app.Sidecar.HasMoreRecords.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "utf-8")]
    [InlineData("?encoding=shift_jis", "shift_jis")]
    public async Task Export_Always_IsTheListForPaperAndNoFormula(string query, string encoding)
    {
        await using var app = await SafetyClient.FloodedAsync();
        await app.TakenAsync(new { status = "need-help", needs = new[] { "trapped" }, name = "=1+1", place = "本町\"1\", 2階", message = "😀" });
        using var response = await app.SafetyAsync(HttpMethod.Get, "/rescue-list/export.csv" + query, body: null, token: SafetyClient.Officer);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Encoding.GetEncoding(encoding).GetString(await response.Content.ReadAsByteArrayAsync());
        text.ShouldContain("\"閉じこめられている\",\"1\",\"'=1+1\"");
        text.ShouldContain("\"本町\"\"1\"\", 2階\"");
        text.ShouldContain(encoding == "utf-8" ? "😀" : "〓");
        response.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith("rescue-162043-");
    }

    [Fact]
    public async Task Check_WhenAnOfficerOpensADrill_TakesReportsThatNeverMixWithRealOnes()
    {
        await using var app = await AlertsApp.StartAsync();
        var state = await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = true, hours = 2 }, SafetyClient.Officer);
        state.GetProperty("isExercise").GetBoolean().ShouldBeTrue();
        (await app.TakenAsync(new { status = "need-help", name = "訓練の人" })).IsExercise.ShouldBeTrue();
        (await ListAsync(app)).ShouldHaveSingleItem().IsExercise.ShouldBeTrue();

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        (await app.GetAsync<SafetyState>(AlertsApp.Town("safety-check"))).IsExercise.ShouldBeFalse();
        (await ListAsync(app)).ShouldBeEmpty();
        (await ListAsync(app, "?exercise=true")).ShouldHaveSingleItem();
        await app.ClearAsync(TestTown.Level3, minute: 10);

        var check = (await app.GetAsync<SafetyState>(AlertsApp.Town("safety-check"))).CheckId!;
        (await app.OkAsync(HttpMethod.Post, $"/checks/{check}/close", body: null, SafetyClient.Colleague)).GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        (await app.OkAsync(HttpMethod.Post, $"/checks/{check}/close", body: null, SafetyClient.Officer)).GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        (await app.Database.ColumnAsync("SELECT closed_by FROM safety_check")).ShouldBe(["officer-two"]);
    }

    [Fact]
    public async Task Check_WhenItsTimeIsOver_IsClosedByItself()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = false, hours = 1 }, SafetyClient.Officer);
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        (await app.GetAsync<SafetyState>(AlertsApp.Town("safety-check"))).IsOpen.ShouldBeFalse();
        using var wrong = await app.SafetyAsync(HttpMethod.Post, "/checks", new { isExercise = true, hours = 1000 }, token: SafetyClient.Officer);
        (await AlertsApp.ProblemAsync(wrong, HttpStatusCode.UnprocessableEntity)).ShouldBe("check-hours-out-of-range");
    }

    [Fact]
    public async Task Report_OfAnotherTown_IsNotThereForItsNeighbours()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var id = await AskAsync(app, "花子", "medical");
        var neighbour = TestTokens.For("officer-nyuzen", "officer", TestTown.Nyuzen);
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            using var response = await app.SafetyAsync(method, "/rescue-list/" + id, method == HttpMethod.Put ? new { status = "done" } : null, token: neighbour, municipality: TestTown.Nyuzen);
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe("unknown-safety-report");
            using var forbidden = await app.SafetyAsync(method, "/rescue-list/" + id, method == HttpMethod.Put ? new { status = "done" } : null, token: neighbour);
            forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await ListAsync(app)).ShouldHaveSingleItem();
    }

    private static async Task<string> AskAsync(AlertsApp app, string name, params string[] needs)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        return (await app.TakenAsync(new { status = "need-help", name, needs })).Id;
    }

    private static async Task<IReadOnlyList<RescueRow>> ListAsync(AlertsApp app, string query = "")
        => (await app.GetAsync<Page<RescueRow>>(AlertsApp.Town("safety-check/rescue-list" + query), SafetyClient.Officer)).Items;
}
