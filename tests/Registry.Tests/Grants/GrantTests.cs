using System.Net;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Exchange;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Grants;

/// <summary>A father, his daughter in another town, and a clerk at the counter.</summary>
public sealed class GrantTests
{
    private const string Father = ExchangeSteps.Resident;
    private const string Daughter = "daughter-1";
    private static readonly string Grants = $"municipalities/{RegistryApp.Town}/grants";

    [Fact]
    public async Task Daughter_WhenHerFatherAgreed_ReadsHisLogAndBothAreInIt()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("a"));
        using var refused = await app.MineAsync(Daughter, Father, town: RegistryApp.OtherTown);
        await GiveAsync(app);

        using var answer = await app.MineAsync(Daughter, Father, town: RegistryApp.OtherTown);
        using var own = await app.MineAsync(Father);

        await ShouldBeAsync(refused, HttpStatusCode.Forbidden, "no-grant");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var newest = (await RegistryApp.ReadAsync(own))["items"]![0]!;
        ((string?)newest["operation"]).ShouldBe("exchange-log.read");
        ((bool)newest["isOnBehalf"]!).ShouldBeTrue();
        ((string?)newest["sentence"])!.ShouldContain("someone who acts for you");
        var log = await app.ExportAsync();
        log.ShouldContain($"\"subject\":\"{Daughter}\"");
        log.ShouldContain($"\"onBehalfOf\":\"{Father}\"");
        (await app.VerifyAsync(log)).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Father, "resident", RegistryApp.Town)]
    [InlineData(Daughter, "resident", RegistryApp.OtherTown)]
    [InlineData("clerk-2", "clerk", RegistryApp.Town)]
    public async Task Grant_WhenRevoked_EndsAtOnce(string person, string role, string town)
    {
        await using var app = await RegistryApp.StartAsync();
        var id = await GiveAsync(app);

        using var revoked = await app.SendAsync(HttpMethod.Delete, $"{Grants}/{id}", person: person, role: role, town: town);
        using var again = await app.SendAsync(HttpMethod.Delete, $"{Grants}/{id}", person: person, role: role, town: town);
        using var answer = await app.MineAsync(Daughter, Father);

        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string?)(await RegistryApp.ReadAsync(again))["revokedBy"]).ShouldBe(person);
        await ShouldBeAsync(answer, HttpStatusCode.Forbidden, "no-grant");
    }

    [Fact]
    public async Task Grant_WhenExpired_CountsNoMore()
    {
        await using var app = await RegistryApp.StartAsync();
        await GiveAsync(app);

        app.Clock.Advance(TimeSpan.FromDays(31));
        using var answer = await app.MineAsync(Daughter, Father);

        await ShouldBeAsync(answer, HttpStatusCode.Forbidden, "no-grant");
    }

    [Fact]
    public async Task Grant_WhenForAnotherScopeOrPerson_DoesNotCount()
    {
        await using var app = await RegistryApp.StartAsync();
        await GiveAsync(app, scope: "rides.order");

        using var otherScope = await app.MineAsync(Daughter, Father);
        using var otherWay = await app.MineAsync(Father, Daughter);
        using var two = await app.MineAsync(Daughter, $"{Father},{Father}");

        await ShouldBeAsync(otherScope, HttpStatusCode.Forbidden, "no-grant");
        await ShouldBeAsync(otherWay, HttpStatusCode.Forbidden, "no-grant");
        await ShouldBeAsync(two, HttpStatusCode.Forbidden, "no-grant");
    }

    [Fact]
    public async Task CounterGrant_LastsADayAndOnlyForStaffOfTheTown()
    {
        await using var app = await RegistryApp.StartAsync();
        using var tooLong = await CounterAsync(app, TimeSpan.FromHours(25));
        using var given = await CounterAsync(app, TimeSpan.FromHours(8));

        using var asClerk = await app.MineAsync("clerk-1", Father, role: "clerk");
        using var elsewhere = await app.MineAsync("clerk-1", Father, role: "clerk", town: RegistryApp.OtherTown);
        using var notStaff = await app.MineAsync("clerk-1", Father);

        await ShouldBeAsync(tooLong, HttpStatusCode.UnprocessableEntity, "grant-refused");
        ((string?)(await RegistryApp.ReadAsync(given))["kind"]).ShouldBe("Counter");
        asClerk.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeAsync(elsewhere, HttpStatusCode.Forbidden, "no-grant");
        await ShouldBeAsync(notStaff, HttpStatusCode.Forbidden, "no-grant");
    }

    [Fact]
    public async Task Give_WhenEverythingIsWrong_NamesEveryFault()
    {
        await using var app = await RegistryApp.StartAsync();

        using var answer = await app.SendAsync(HttpMethod.Post, Grants, new { scopes = new[] { "everything" }, purpose = " ", evidence = "card number 1", expiresAt = app.Clock.GetUtcNow().AddDays(400) });

        var problem = await ShouldBeAsync(answer, HttpStatusCode.UnprocessableEntity, "grant-refused");
        problem["notices"]!.AsArray().Select(notice => (string?)notice!["field"]).ShouldBe(["subject", "scopes", "purpose", "evidence", "expiresAt"]);
        (await ListAsync(app, Father, "resident")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Give_WhenATextHasAControlCharacter_NamesTheFields()
    {
        await using var app = await RegistryApp.StartAsync();

        using var answer = await app.SendAsync(HttpMethod.Post, Grants,
            new { actor = "daughter\0", scopes = new[] { "exchange-log.read" }, purpose = "\0", expiresAt = app.Clock.GetUtcNow().AddDays(1) }, Father, "resident");

        var problem = await ShouldBeAsync(answer, HttpStatusCode.UnprocessableEntity, "text-not-readable");
        problem["fields"]!.AsArray().Select(field => (string?)field).ShouldBe(["actor", "purpose"]);
        (await ListAsync(app, Father, "resident")).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_WhenAskedForWhatCannotBeRecorded_IsRefusedAndLeavesNothingInTheLog()
    {
        await using var app = await RegistryApp.StartAsync();

        using var unreadable = await app.SendAsync(HttpMethod.Get, Grants + "?subject=%00");
        using var number = await app.SendAsync(HttpMethod.Get, Grants + "?subject=1234%205678%209018");
        using var tooLong = await app.SendAsync(HttpMethod.Get, Grants + "?subject=" + new string('x', 201));
        using var log = await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/exchange-log?subject=123456789018", null, "officer-1", "officer");

        await ShouldBeAsync(unreadable, HttpStatusCode.UnprocessableEntity, "text-not-readable");
        await ShouldBeAsync(number, HttpStatusCode.UnprocessableEntity, "my-number-refused");
        await ShouldBeAsync(tooLong, HttpStatusCode.UnprocessableEntity, "text-too-long");
        await ShouldBeAsync(log, HttpStatusCode.UnprocessableEntity, "my-number-refused");
        var export = await app.ExportAsync();
        export.ShouldNotContain("grants.read");
        export.ShouldNotContain("\"exchange-log.read\"");
    }

    [Fact]
    public async Task Give_WhenNotOnesOwnOrOfAnotherTown_IsForbidden()
    {
        await using var app = await RegistryApp.StartAsync();
        var body = Body(app, Father, "stranger-1");

        using var notOwn = await app.SendAsync(HttpMethod.Post, Grants, body, "stranger-1", "resident");
        using var otherTown = await app.SendAsync(HttpMethod.Post, Grants, body, "clerk-9", "clerk", RegistryApp.OtherTown);
        using var unknown = await app.SendAsync(HttpMethod.Delete, $"{Grants}/{await GiveAsync(app)}", person: "stranger-1", role: "resident");

        await ShouldBeAsync(notOwn, HttpStatusCode.Forbidden, "not-yours-to-give");
        await ShouldBeAsync(otherTown, HttpStatusCode.Forbidden, "other-municipality");
        await ShouldBeAsync(unknown, HttpStatusCode.NotFound, "unknown-grant");
    }

    [Fact]
    public async Task List_ShowsOwnToPeopleAndAllToStaffWhoLeaveARecord()
    {
        await using var app = await RegistryApp.StartAsync();
        await GiveAsync(app);

        (await ListAsync(app, Father, "resident")).Count.ShouldBe(1);
        (await ListAsync(app, Daughter, "resident", RegistryApp.OtherTown)).Count.ShouldBe(1);
        (await ListAsync(app, "stranger-1", "resident")).ShouldBeEmpty();
        (await ListAsync(app, "clerk-9", "clerk", RegistryApp.OtherTown)).ShouldBeEmpty();
        (await app.ExportAsync()).ShouldNotContain("grants.read");
        (await ListAsync(app, "clerk-1", "clerk")).Count.ShouldBe(1);
        (await app.ExportAsync()).ShouldContain("grants.read");
    }

    [Fact]
    public async Task OnBehalf_WhenTheRouteDoesNotKnowIt_IsRefused()
    {
        await using var app = await RegistryApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/registry/{Grants}");
        request.Headers.Authorization = new("Bearer", ServiceTestKit.TestTokens.For(Daughter, "resident", RegistryApp.Town));
        request.Headers.Add("On-Behalf-Of", Father);

        using var answer = await app.Client.SendAsync(request);

        await ShouldBeAsync(answer, HttpStatusCode.BadRequest, "on-behalf-not-supported");
    }

    [Fact]
    public async Task Lookup_WhenAnotherServiceAsks_GivesWhatIsInForce()
    {
        await using var app = await RegistryApp.StartAsync();
        var id = await GiveAsync(app);

        var found = JsonNode.Parse(await app.Client.GetStringAsync(new Uri($"/internal/grants?actor={Daughter}&subject={Father}&scope=exchange-log.read", UriKind.Relative)))!;
        var other = JsonNode.Parse(await app.Client.GetStringAsync(new Uri($"/internal/grants?actor={Daughter}&subject={Father}&scope=rides.order", UriKind.Relative)))!;

        ((string?)found["items"]![0]!["id"]).ShouldBe(id);
        other["items"]!.AsArray().ShouldBeEmpty();
    }

    private static object Body(RegistryApp app, string? subject, string? actor, string scope = "exchange-log.read")
        => new { subject, actor, scopes = new[] { scope }, purpose = "父の手続き", expiresAt = app.Clock.GetUtcNow().AddDays(30) };

    private static async Task<string> GiveAsync(RegistryApp app, string scope = "exchange-log.read")
    {
        using var answer = await app.SendAsync(HttpMethod.Post, Grants, Body(app, null, Daughter, scope), Father, "resident");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (string)(await RegistryApp.ReadAsync(answer))["id"]!;
    }

    private static Task<HttpResponseMessage> CounterAsync(RegistryApp app, TimeSpan lasts) => app.SendAsync(HttpMethod.Post, Grants,
        new { subject = Father, scopes = new[] { "exchange-log.read" }, purpose = "窓口", evidence = "my-number-card-shown", expiresAt = app.Clock.GetUtcNow() + lasts });

    private static async Task<JsonArray> ListAsync(RegistryApp app, string person, string role, string town = RegistryApp.Town)
    {
        using var answer = await app.SendAsync(HttpMethod.Get, Grants, person: person, role: role, town: town);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await RegistryApp.ReadAsync(answer))["items"]!.AsArray();
    }

    private static async Task<JsonObject> ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        var problem = await RegistryApp.ReadAsync(answer);
        ((string?)problem["type"]).ShouldBe("urn:smartcity:problem:" + code);
        return problem;
    }
}
