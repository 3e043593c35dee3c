using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Devices;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Registry.Tests.Keys;

public sealed class KeyTests
{
    private const string Keys = $"{DeviceCalls.Devices}/river-2/keys";
    private const string User = RegistryApp.Town + "/river-2";

    [Fact]
    public async Task Rotate_WhenThereIsAnOverlap_TheOlderKeyIsGoodUntilItsEnd()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var old = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;

        var fresh = (string)(await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Post, Keys + "?overlapSeconds=3600")))["key"]!;

        (await MayConnectAsync(app, old)).ShouldBeTrue();
        (await MayConnectAsync(app, fresh)).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await MayConnectAsync(app, old)).ShouldBeFalse();
        (await MayConnectAsync(app, fresh)).ShouldBeTrue();
        (await StatesAsync(app)).ShouldBe(["Expired", "Valid"], ignoreOrder: true);
    }

    [Fact]
    public async Task Rotate_WhenTheRequestComesAgain_MakesOneKey()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.KeyOfNewAsync("river-2");

        var first = await RegistryApp.ReadAsync(await RotateAsync(app, "request-1"));
        var again = await RotateAsync(app, "request-1");

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var repeated = await RegistryApp.ReadAsync(again);
        ((string?)repeated["keyId"]).ShouldBe((string?)first["keyId"]);
        repeated.ContainsKey("key").ShouldBeFalse();
        (await StatesAsync(app)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Rotate_WhenKeysPileUp_IsRefusedAndNoOverlapHelps()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.KeyOfNewAsync("river-2");
        for (var number = 0; number < 7; number++)
        {
            (await app.SendAsync(HttpMethod.Post, Keys)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        (await app.SendAsync(HttpMethod.Post, Keys)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await app.SendAsync(HttpMethod.Post, Keys + "?overlapSeconds=0")).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await StatesAsync(app)).Count(state => state is "Valid" or "Expiring").ShouldBe(1);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("99999999")]
    public async Task Rotate_WhenTheOverlapIsOutOfRange_IsRefused(string overlap)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.KeyOfNewAsync("river-2");

        (await app.SendAsync(HttpMethod.Post, $"{Keys}?overlapSeconds={overlap}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Revoke_WhenItIsOneKey_LeavesTheOthers()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var old = await app.KeyOfNewAsync("river-2");
        var fresh = (string)(await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Post, Keys)))["key"]!;

        (await app.SendAsync(HttpMethod.Delete, $"{Keys}/{old["keyId"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await MayConnectAsync(app, (string)old["key"]!)).ShouldBeFalse();
        (await MayConnectAsync(app, fresh)).ShouldBeTrue();
        (await app.SendAsync(HttpMethod.Delete, Keys + "/key-none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task RemoveByManifest_WhenTwoPeopleAgree_TakesTheKeysAlongForGood()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        app.Sidecar.Answer(static _ => Microsoft.AspNetCore.Http.Results.Json(Array.Empty<object>()));
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;

        await app.OnboardAsync(Samples.Nanao);
        (await MayConnectAsync(app, key)).ShouldBeFalse();
        // The same id again is another device: the old key must not open it.
        await app.KeyOfNewAsync("river-2");

        (await MayConnectAsync(app, key)).ShouldBeFalse();
    }

    [Fact]
    public async Task Feed_WhenAKeyIsRevoked_AnswersAtOnceWithNoKeyForIt()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.KeyOfNewAsync("river-2");
        var whole = await FeedAsync(app, 0, 0);
        whole["devices"]!.AsArray().ShouldHaveSingleItem()!["keys"]!.AsArray().Count.ShouldBe(1);

        var next = FeedAsync(app, (long)whole["version"]!, 20);
        await app.SendAsync(HttpMethod.Delete, Keys);
        var changes = await next.WaitAsync(TimeSpan.FromSeconds(5));

        ((bool)changes["isWhole"]!).ShouldBeFalse();
        var device = changes["devices"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)device["userName"]).ShouldBe(User);
        device["keys"]!.AsArray().ShouldBeEmpty();
        (await FeedAsync(app, 0, 0))["devices"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Feed_WhenTheFollowerKnowsAnotherRegistry_BeginsAgain()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.KeyOfNewAsync("river-2");

        var changes = await FeedAsync(app, 1_000_000, 20).WaitAsync(TimeSpan.FromSeconds(5));

        ((bool)changes["isWhole"]!).ShouldBeTrue();
        changes["devices"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Seed_WhenADemoKeyIsRevoked_StaysRevokedAtTheNextStart()
    {
        var folder = Directory.CreateTempSubdirectory("seed-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "region.yaml"), "name: Demo\nmunicipalities:\n  - " + Samples.Nanao.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "keys.json"), JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { [RegistryApp.Town + "/river-1"] = Convert.ToHexStringLower(DeviceKeyText.HashOf("demo key")) }));
        string[] seed = ["--Registry:Seed:RegionFile", Path.Combine(folder, "region.yaml"), "--Registry:Seed:KeysFile", Path.Combine(folder, "keys.json")];
        await using var app = await RegistryApp.StartAsync(seed);
        (await MayConnectAsync(app, "demo key", "river-1")).ShouldBeTrue();

        await app.SendAsync(HttpMethod.Delete, $"{DeviceCalls.Devices}/river-1/keys");
        await app.RestartAsync(seed);

        (await MayConnectAsync(app, "demo key", "river-1")).ShouldBeFalse();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("sc/v1/172022/river-2/telemetry", "publish", "allow")]
    [InlineData("sc/v1/172022/river-1/telemetry", "publish", "deny")]
    [InlineData("sc/v1/162043/river-2/telemetry", "publish", "deny")]
    [InlineData("sc/v1/172022/river-2/command", "publish", "deny")]
    [InlineData("sc/v1/172022/river-2/command", "subscribe", "allow")]
    [InlineData("sc/v1/172022/+/command", "subscribe", "deny")]
    [InlineData("sc/v1/172022/river-2/twin-desired", "subscribe", "allow")]
    [InlineData("sc/v1/172022/river-2/twin-desired", "publish", "deny")]
    [InlineData("sc/v1/172022/river-1/twin-desired", "subscribe", "deny")]
    [InlineData("sc/v1/172022/river-2/twin-reported", "publish", "allow")]
    [InlineData("sc/v1/162043/river-2/twin-reported", "publish", "deny")]
    [InlineData("#", "subscribe", "deny")]
    [InlineData("sc/v1/172022/river-2/telemetry", "all", "deny")]
    public async Task Acl_WhenAnExternalBrokerAsks_AnswersByTheSameRules(string topic, string action, string expected)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.KeyOfNewAsync("river-2");

        var answer = await app.Client.PostAsJsonAsync("/internal/mqtt/acl", new { username = User, topic, action });

        ((string?)(await RegistryApp.ReadAsync(answer))["result"]).ShouldBe(expected);
    }

    private static async Task<bool> MayConnectAsync(RegistryApp app, string password, string device = "river-2")
    {
        var answer = await app.Client.PostAsJsonAsync("/internal/mqtt/auth", new { username = $"{RegistryApp.Town}/{device}", password });
        return (bool)(await RegistryApp.ReadAsync(answer.EnsureSuccessStatusCode()))["ok"]!;
    }

    private static async Task<HttpResponseMessage> RotateAsync(RegistryApp app, string requestId)
    {
        using var content = new StringContent("");
        content.Headers.Add("Idempotency-Key", requestId);
        return await app.SendAsync(HttpMethod.Post, Keys, content);
    }

    private static async Task<JsonObject> FeedAsync(RegistryApp app, long after, int waitSeconds)
        => await RegistryApp.ReadAsync(await app.Client.GetAsync(new Uri(FormattableString.Invariant($"/internal/device-keys?after={after}&waitSeconds={waitSeconds}"), UriKind.Relative)));

    private static async Task<List<string>> StatesAsync(RegistryApp app)
        => [.. (await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Get, Keys)))["items"]!.AsArray().Select(key => (string)key!["state"]!)];
}
