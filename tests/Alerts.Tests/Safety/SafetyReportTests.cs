using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Safety;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Tests.Safety;

public sealed class SafetyReportTests
{
    private const string Words = "おばあちゃんの ねこ タマ";

    [Fact]
    public async Task Report_WhenNothingIsGoingOn_IsRefusedAndSaysWhatToDo()
    {
        await using var app = await AlertsApp.StartAsync();
        (await app.GetAsync<SafetyState>(AlertsApp.Town("safety-check"))).IsOpen.ShouldBeFalse();
        using var response = await app.ReportAsync(new { status = "safe" });
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.Conflict)).ShouldBe("safety-check-closed");
    }

    [Fact]
    public async Task Report_WhenAnAlertIsInForce_IsReceivedWithACodeThatReadsChangesAndErasesIt()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "need-help", needs = new[] { "trapped" }, peopleCount = 3, name = "山田 花子", contact = "090-1111-2222", place = "本町1-2 2階", message = "水が来た" });
        receipt.IsExercise.ShouldBeFalse();

        using var mine = await app.SafetyAsync(HttpMethod.Post, "/mine", new { code = receipt.Code.ToLowerInvariant().Replace('0', 'o') });
        var own = await AlertsApp.ReadAsync<OwnReportView>(mine);
        (own.Name, own.Contact, own.Place, own.PeopleCount, own.Rescue).ShouldBe(("山田 花子", "090-1111-2222", "本町1-2 2階", 3, "waiting"));

        using var changed = await app.SafetyAsync(HttpMethod.Put, "", new { code = receipt.Code, report = new { status = "safe", name = "山田 花子" } });
        (await AlertsApp.ReadAsync<OwnReportView>(changed)).Status.ShouldBe("safe");
        using var erased = await app.SafetyAsync(HttpMethod.Post, "/erase", new { code = receipt.Code });
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Database.ColumnAsync("SELECT id FROM safety_report")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_WhenItIsSentAgainOverABadLine_IsOneReportWithTheSameCode()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var (key, body) = (SafetyClient.NewKey(), new { status = "safe", name = "佐藤" });
        var first = await app.TakenAsync(body, key);
        await app.RestartAsync();
        (await app.TakenAsync(body, key)).ShouldBe(first);
        (await app.Database.ColumnAsync("SELECT id FROM safety_report")).ShouldBe([first.Id]);

        using var other = await app.ReportAsync(new { status = "need-help", name = "鈴木" }, key);
        (await AlertsApp.ProblemAsync(other, HttpStatusCode.UnprocessableEntity)).ShouldBe("idempotency-key-reused");
    }

    [Fact]
    public async Task Report_WhenManySendTheSameAtOnce_IsOne()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var (key, body) = (SafetyClient.NewKey(), new { status = "safe" });
        var receipts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.TakenAsync(body, key)));
        receipts.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("with spaces and more of them")]
    public async Task Report_WithoutAGoodKey_SaysHowToMakeOne(string? key)
    {
        await using var app = await SafetyClient.FloodedAsync();
        using var response = await app.SafetyAsync(HttpMethod.Post, "", new { status = "safe" }, key);
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.BadRequest)).ShouldBe("idempotency-key-missing");
    }

    [Fact]
    public async Task Report_Always_IsStoredWithoutAReadableNameContactPlaceMessageOrSecret()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "safe", name = "Hanako Yamada", contact = "hanako@example.jp", place = "Honmachi", message = "upstairs", sharedSecret = "grandmothers cat" });
        var stored = string.Join('\n', await app.Database.ColumnAsync(
            "SELECT key_fingerprint || body_fingerprint || code_fingerprint || COALESCE(secret_fingerprint, '') || personal FROM safety_report"));
        foreach (var text in new[] { "Hanako", "hanako", "Honmachi", "upstairs", "grandmother", receipt.Code })
        {
            stored.ShouldNotContain(text);
        }
    }

    [Theory]
    [InlineData("{\"status\":\"fine\"}", "safety-status-unknown")]
    [InlineData("{\"status\":\"need-help\",\"needs\":[\"beer\"]}", "safety-need-unknown")]
    [InlineData("{\"status\":\"need-help\",\"needs\":null}", "safety-need-unknown")]
    [InlineData("{\"status\":\"safe\",\"peopleCount\":0}", "people-out-of-range")]
    [InlineData("{\"status\":\"safe\",\"shelterId\":\"nowhere\"}", "unknown-shelter")]
    [InlineData("{\"status\":\"safe\",\"sharedSecret\":\"たま\"}", "shared-secret-too-short")]
    [InlineData("{\"status\":\"safe\",\"name\":\"1234 5678 9018\"}", "my-number-refused")]
    [InlineData("{\"status\":\"safe\",\"contact\":\"123456789018\"}", "my-number-refused")]
    [InlineData("{\"status\":\"safe\",\"place\":\"１２３４５６７８９０１８\"}", "my-number-refused")]
    [InlineData("{\"status\":\"safe\",\"message\":\"123456789018\"}", "my-number-refused")]
    [InlineData("{\"status\":\"safe\",\"sharedSecret\":\"1234-5678-9018\"}", "my-number-refused")]
    public async Task Report_WhenSomethingIsWrong_NamesIt(string body, string problem)
    {
        await using var app = await SafetyClient.FloodedAsync();
        using var response = await app.ReportAsync(System.Text.Json.JsonDocument.Parse(body));
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe(problem);
        (await app.Database.ColumnAsync("SELECT id FROM safety_report")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_WithTheSameWordsTypedOtherwise_FindsTheFamilyButNotWhereTheyAre()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await app.TakenAsync(new { status = "safe", name = "花子", contact = "090-1111-2222", place = "本町", message = "学校にいます", sharedSecret = Words });
        await app.TakenAsync(new { status = "need-help", name = "太郎", sharedSecret = "オバアチャンノねこ・たま" });

        var found = (await app.FindAsync("ｵﾊﾞｱﾁｬﾝﾉ　ネコたま！")).Found;
        found.Select(member => (member.Name, member.Status, member.Message)).ShouldBe([("太郎", "need-help", null), ("花子", "safe", "学校にいます")]);
        using var response = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = Words });
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldNotContain("090");
        text.ShouldNotContain("本町");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Find_WithANameOrWrongWordsOrInAnotherTown_AnswersAsIfNobodyWereThere()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await app.TakenAsync(new { status = "safe", name = "山田 花子 やまだ はなこ", sharedSecret = Words });
        (await app.FindAsync("山田 花子 やまだ はなこ")).Found.ShouldBeEmpty();
        (await app.FindAsync("おばあちゃんの ねこ ミケ")).Found.ShouldBeEmpty();
        (await app.FindAsync(Words, TestTown.Nyuzen)).Found.ShouldBeEmpty();
        using var shortWords = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = "花子" });
        (await AlertsApp.ProblemAsync(shortWords, HttpStatusCode.UnprocessableEntity)).ShouldBe("shared-secret-too-short");
    }

    [Fact]
    public async Task Find_WhenSomebodyReportedTwiceWithoutTheCode_ShowsTheFamilyTheNewest()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await app.TakenAsync(new { status = "need-help", name = "髙橋", sharedSecret = Words });
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await app.TakenAsync(new { status = "safe", name = "高橋", sharedSecret = Words });
        (await app.FindAsync(Words)).Found.ShouldHaveSingleItem().Status.ShouldBe("safe");
    }

    [Theory]
    [InlineData("POST", "/mine")]
    [InlineData("POST", "/erase")]
    [InlineData("PUT", "")]
    public async Task Code_WhenItIsWrongOrAnotherTowns_IsUnknownEveryTime(string method, string path)
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "safe" });
        foreach (var (code, municipality) in new[] { ("00000-00000", TestTown.Uozu), ("", TestTown.Uozu), (receipt.Code, TestTown.Nyuzen) })
        {
            using var response = await app.SafetyAsync(new HttpMethod(method), path, new { code, report = new { status = "safe" } }, municipality: municipality);
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe("safety-code-unknown");
        }

        (await app.Database.ColumnAsync("SELECT id FROM safety_report")).ShouldBe([receipt.Id]);
    }

    [Fact]
    public async Task Report_WhenOneAddressFloods_IsHeldBackForAMinuteAndOthersAreNot()
    {
        await using var app = await SafetyClient.FloodedAsync("--Alerts:Safety:ReportsPerMinuteOfAddress=3");
        for (var number = 0; number < 3; number++)
        {
            using var taken = await app.ReportAsync(new { status = "safe" }, address: "2001:db8:1:2::1");
            taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var refused = await app.ReportAsync(new { status = "safe" }, address: "2001:db8:1:2::ffff");
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.TooManyRequests)).ShouldBe("too-many-requests");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        using var other = await app.ReportAsync(new { status = "safe" }, address: "2001:db8:1:3::1");
        other.StatusCode.ShouldBe(HttpStatusCode.Created);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await app.ReportAsync(new { status = "safe" }, address: "2001:db8:1:2::1");
        later.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Secrets_WhenManyAreTriedFromManyAddresses_AreHeldBackForTheWholeTown()
    {
        await using var app = await SafetyClient.FloodedAsync("--Alerts:Safety:SecretsPerMinuteOfTown=4");
        for (var number = 0; number < 4; number++)
        {
            using var tried = await app.SafetyAsync(HttpMethod.Post, "/mine", new { code = "00000-0000" + number }, address: "192.0.2." + number);
            tried.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var refused = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = Words }, address: "192.0.2.99");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var elsewhere = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = Words }, address: "192.0.2.99", municipality: TestTown.Nyuzen);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Erase_SomeDaysAfterTheAlertEnded_LeavesNothingAndNotBefore()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await app.TakenAsync(new { status = "need-help", name = "花子" });
        (await EraseAsync(app)).ShouldBe(0);
        await app.ClearAsync(TestTown.Level3, minute: 30);
        app.Clock.Advance(TimeSpan.FromDays(6.9));
        (await EraseAsync(app)).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(0.2));
        (await EraseAsync(app)).ShouldBe(1);
        (await app.Database.ColumnAsync("SELECT id FROM safety_report")).ShouldBeEmpty();
    }

    private static async Task<int> EraseAsync(AlertsApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = TestTown.Uozu;
        return await scope.ServiceProvider.GetRequiredService<SafetyEraser>().EraseAsync(CancellationToken.None);
    }
}
