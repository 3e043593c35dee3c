using System.Net;
using System.Net.Http.Headers;
using SmartCity.Contracts.Events;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Registry.Tests.Exchange;

/// <summary>Operators, and staff of several towns, in a town that is not theirs.</summary>
public sealed class CrossTownTests
{
    private static readonly string Guest = TestTokens.ForTowns("officer-guest", "officer", RegistryApp.OtherTown, RegistryApp.Town);
    private static readonly string Operator = TestTokens.For("operator-1", "operator", municipality: null);

    [Theory]
    [InlineData("GET", "municipalities/172022/manifest", "manifest.read")]
    [InlineData("PUT", "municipalities/172022/manifest?dryRun=true", "manifest.read")]
    [InlineData("PUT", "municipalities/172022/manifest", "change.propose")]
    [InlineData("GET", "municipalities/172022/devices/river-1", "device-keys.read")]
    [InlineData("GET", "municipalities/172022/devices/river-1/keys", "device-keys.read")]
    [InlineData("GET", "changes", "change.read")]
    [InlineData("GET", "changes/1", "change.read")]
    [InlineData("POST", "changes/1/approve", "change.approve")]
    [InlineData("POST", "changes/1/reject", "change.reject")]
    public async Task GuestsAndOperators_LeaveOneRecordEach(string method, string path, string operation)
    {
        foreach (var (token, town) in ((string, string)[])[(Guest, RegistryApp.OtherTown), (Operator, "none")])
        {
            await using var app = await RegistryApp.StartAsync();
            if (method == "POST")
            {
                (await app.ProposeAsync(Samples.Nanao)).EnsureSuccessStatusCode();
            }
            else
            {
                await app.OnboardAsync(Samples.Nanao);
            }

            using var answer = await SendAsync(app, method, path, token);

            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            var record = (await RecordsAsync(app)).ShouldHaveSingleItem();
            (record.Operation, record.Actor.Municipality, record.Municipality, record.Result).ShouldBe((operation, town, RegistryApp.Town, "ok"));
            record.Subject.ShouldBe(path.StartsWith("changes/", StringComparison.Ordinal) ? "clerk-1" : null);
        }
    }

    [Fact]
    public async Task StaffAtHome_LeaveNoRecord()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var home = TestTokens.ForTowns("officer-home", "officer", RegistryApp.Town, RegistryApp.OtherTown);

        using var manifest = await SendAsync(app, "GET", "municipalities/172022/manifest", home);
        using var changes = await SendAsync(app, "GET", "changes/1", home);

        (manifest.StatusCode, changes.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await RecordsAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_WhenTheApprovalIsNotAllowed_ChangesAndRecordsNothing()
    {
        await using var app = await RegistryApp.StartAsync();
        (await app.ProposeAsync(Samples.Nanao)).EnsureSuccessStatusCode();

        using var answer = await SendAsync(app, "POST", "changes/1/approve", Guest, new { digest = "of another plan" });

        answer.IsSuccessStatusCode.ShouldBeFalse();
        (await RecordsAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OnBehalf_WhenThereIsNoGrant_TheResidentSeesWhoTried()
    {
        await using var app = await RegistryApp.StartAsync();

        using var refused = await app.MineAsync("stranger-1", ExchangeSteps.Resident, town: RegistryApp.OtherTown);
        using var strange = await app.MineAsync("stranger-1", "1234-5678-9018");
        using var mine = await app.MineAsync(ExchangeSteps.Resident);

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var record = (await RecordsAsync(app)).ShouldHaveSingleItem();
        (record.Actor.Subject, record.Subject, record.Result).ShouldBe(("stranger-1", ExchangeSteps.Resident, "refused"));
        ((string?)(await RegistryApp.ReadAsync(mine))["items"]!.AsArray().ShouldHaveSingleItem()!["sentence"])!.ShouldContain("Result: refused");
    }

    private static async Task<HttpResponseMessage> SendAsync(RegistryApp app, string method, string path, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/registry/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is not null ? System.Net.Http.Json.JsonContent.Create(body)
            : method == "PUT" ? new StringContent(Samples.Nanao.Replace("level: 3", "level: 4", StringComparison.Ordinal), null, "application/yaml") : null;
        return await app.Client.SendAsync(request);
    }

    private static async Task<IReadOnlyList<ExchangeRecorded>> RecordsAsync(RegistryApp app)
    {
        IReadOnlyList<ExchangeRecorded> records = [];
        await app.TamperAsync(async database => records =
            [.. (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(database.Records())).Select(row => SmartCity.ServiceDefaults.Exchange.ExchangeLines.Read<SmartCity.ServiceDefaults.Exchange.ExchangeRecord>(row.Body)!.Event)]);
        return records;
    }
}
