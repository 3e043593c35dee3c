using System.Net;
using SmartCity.Registry.Tests.Exchange;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Grants;

/// <summary>What one clerk writes down for a resident is no key to the resident's data before somebody else agreed.</summary>
public sealed class ConfirmationTests
{
    private const string Father = ExchangeSteps.Resident;
    private const string Daughter = "daughter-1";
    private static readonly string Grants = $"municipalities/{RegistryApp.Town}/grants";

    [Theory]
    [InlineData(Father, "resident", RegistryApp.OtherTown)]
    [InlineData("clerk-2", "clerk", RegistryApp.Town)]
    [InlineData("officer-1", "officer", RegistryApp.Town)]
    public async Task FamilyGrant_WhenMadeByStaff_TakesEffectOnceSomebodyElseConfirmed(string person, string role, string town)
    {
        await using var app = await RegistryApp.StartAsync();
        var grant = await GiveAsync(app);
        using var before = await app.MineAsync(Daughter, Father);

        using var confirmed = await ConfirmAsync(app, grant, person, role, town);
        using var again = await ConfirmAsync(app, grant, "clerk-3", "clerk");
        using var after = await app.MineAsync(Daughter, Father);

        await ShouldBeAsync(before, HttpStatusCode.Forbidden, "no-grant");
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string?)(await RegistryApp.ReadAsync(confirmed))["confirmedBy"]).ShouldBe(person);
        ((string?)(await RegistryApp.ReadAsync(again))["confirmedBy"]).ShouldBe(person);
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.ExportAsync()).Split("grant.confirmed").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("clerk-1", "clerk", RegistryApp.Town, HttpStatusCode.Forbidden, "second-person-needed")]
    [InlineData(Daughter, "resident", RegistryApp.Town, HttpStatusCode.Forbidden, "second-person-needed")]
    [InlineData(Daughter, "clerk", RegistryApp.Town, HttpStatusCode.Forbidden, "second-person-needed")]
    [InlineData("clerk-9", "clerk", RegistryApp.OtherTown, HttpStatusCode.NotFound, "unknown-grant")]
    [InlineData("stranger-1", "resident", RegistryApp.Town, HttpStatusCode.NotFound, "unknown-grant")]
    public async Task Confirm_WhenItIsNotForThemToConfirm_IsRefused(string person, string role, string town, HttpStatusCode status, string code)
    {
        await using var app = await RegistryApp.StartAsync();
        var grant = await GiveAsync(app);

        using var answer = await ConfirmAsync(app, grant, person, role, town);
        using var mine = await app.MineAsync(Daughter, Father);

        await ShouldBeAsync(answer, status, code);
        await ShouldBeAsync(mine, HttpStatusCode.Forbidden, "no-grant");
    }

    [Fact]
    public async Task Resident_WhenAGrantWaits_SeesItAndMayRefuseIt()
    {
        await using var app = await RegistryApp.StartAsync();
        var grant = await GiveAsync(app);

        using var list = await app.SendAsync(HttpMethod.Get, Grants, null, Father, "resident");
        using var refused = await app.SendAsync(HttpMethod.Delete, $"{Grants}/{grant}", null, Father, "resident");
        using var late = await ConfirmAsync(app, grant, "clerk-2", "clerk");
        using var mine = await app.MineAsync(Daughter, Father);

        var waiting = (await RegistryApp.ReadAsync(list))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)waiting["state"]).ShouldBe("Unconfirmed");
        waiting["confirmedAt"].ShouldBeNull();
        ((string?)(await RegistryApp.ReadAsync(refused))["state"]).ShouldBe("Ended");
        await ShouldBeAsync(late, HttpStatusCode.Conflict, "grant-over");
        await ShouldBeAsync(mine, HttpStatusCode.Forbidden, "no-grant");
        using var log = await app.MineAsync(Father);
        (await log.Content.ReadAsStringAsync()).ShouldContain("refused that a person may act for you");
    }

    [Fact]
    public async Task Confirm_WhenTheGrantExpiredMeanwhile_SaysSo()
    {
        await using var app = await RegistryApp.StartAsync();
        var grant = await GiveAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(31));

        using var late = await ConfirmAsync(app, grant, "clerk-2", "clerk");

        await ShouldBeAsync(late, HttpStatusCode.Conflict, "grant-over");
    }

    [Fact]
    public async Task Grant_WhenGivenByTheResident_IsInForceAtOnce()
    {
        await using var app = await RegistryApp.StartAsync();

        using var given = await app.SendAsync(HttpMethod.Post, Grants, Body(app, null), Father, "resident");

        var grant = await RegistryApp.ReadAsync(given);
        ((string?)grant["state"]).ShouldBe("InForce");
        ((string?)grant["confirmedBy"]).ShouldBe(Father);
        (await app.MineAsync(Daughter, Father)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CounterGrant_WhenUsed_ShowsRecordsOfTheGrantingMunicipalityAlone()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("here"));
        await app.DeliverAsync(ExchangeSteps.Event("elsewhere") with { Municipality = RegistryApp.OtherTown, Operation = "elsewhere.read" });
        using var given = await app.SendAsync(HttpMethod.Post, Grants,
            new { subject = Father, scopes = new[] { "exchange-log.read" }, purpose = "窓口", evidence = "passport-shown", expiresAt = app.Clock.GetUtcNow().AddHours(1) });
        given.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var asClerk = await app.MineAsync("clerk-1", Father, role: "clerk");
        using var own = await app.MineAsync(Father);

        (await OperationsAsync(own)).ShouldContain("elsewhere.read");
        var seen = await OperationsAsync(asClerk);
        seen.ShouldContain("grant.created");
        seen.ShouldNotContain("elsewhere.read");
    }

    private static object Body(RegistryApp app, string? subject, string? evidence = null)
        => new { subject, actor = Daughter, scopes = new[] { "exchange-log.read" }, purpose = "父の手続き", evidence, expiresAt = app.Clock.GetUtcNow().AddDays(30) };

    private static async Task<string> GiveAsync(RegistryApp app)
    {
        using var answer = await app.SendAsync(HttpMethod.Post, Grants, Body(app, Father, "passport-shown"), "clerk-1");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (string)(await RegistryApp.ReadAsync(answer))["id"]!;
    }

    private static Task<HttpResponseMessage> ConfirmAsync(RegistryApp app, string grant, string person, string role, string town = RegistryApp.Town)
        => app.SendAsync(HttpMethod.Post, $"{Grants}/{grant}/confirm", null, person, role, town);

    private static async Task<List<string?>> OperationsAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return [.. (await RegistryApp.ReadAsync(answer))["items"]!.AsArray().Select(item => (string?)item!["operation"])];
    }

    private static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        ((string?)(await RegistryApp.ReadAsync(answer))["type"]).ShouldBe("urn:smartcity:problem:" + code);
    }
}
