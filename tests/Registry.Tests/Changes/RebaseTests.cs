using System.Net;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Changes;

/// <summary>A plan waits for its second person while an installer registers devices.</summary>
public sealed class RebaseTests
{
    [Fact]
    public async Task Approve_WhenADeviceWasRegisteredMeanwhile_GoesOnAndKeepsTheDevice()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var change = await FileAsync(app, Samples.Nanao.Replace("level: 3", "level: 4", StringComparison.Ordinal));
        await RegisterAsync(app, "river-9");
        await RegisterAsync(app, "river-8");

        using var approved = await app.ApproveAsync(change);

        approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        var manifest = await ManifestAsync(app);
        manifest.ShouldContain("river-9");
        manifest.ShouldContain("river-8");
        manifest.ShouldContain("river-1");
        manifest.ShouldContain("level: 4");
    }

    [Fact]
    public async Task Approve_WhenThePlanBringsTheSameDevice_IsOutdated()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var change = await FileAsync(app, Samples.Nanao.Replace("people:", "  - { id: river-9, kind: river, name: { ja: 別の川 } }\npeople:", StringComparison.Ordinal));
        await RegisterAsync(app, "river-9");

        await ShouldBeOutdatedAsync(app, change);
    }

    [Fact]
    public async Task Approve_WhenSomethingElseChangedToo_IsOutdated()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var change = await FileAsync(app, Samples.Nanao.Replace("level: 3", "level: 4", StringComparison.Ordinal));
        await RegisterAsync(app, "river-9");
        await app.OnboardAsync("code: \"172022\"\nallowedOrigins: [\"https://www.city.example.lg.jp\"]");

        await ShouldBeOutdatedAsync(app, change);
    }

    [Fact]
    public async Task Approve_WhenTheTownWouldGoWithADeviceNobodyCounted_IsOutdated()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        using var removal = await app.SendAsync(HttpMethod.Delete, "municipalities/172022?allowDestroy=true");
        var change = (long)(await RegistryApp.ReadAsync(removal))["id"]!;
        await RegisterAsync(app, "river-9");

        using var refused = await app.ApproveAsync(change, "operator-1", "operator", "none");

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Approve_WhenTheNewDevicesExceedThePlannedLimit_IsOutdated()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var change = await FileAsync(app, Samples.Nanao + "\nlimits: { devices: 1 }");
        await RegisterAsync(app, "river-9");

        await ShouldBeOutdatedAsync(app, change);
    }

    private static async Task<long> FileAsync(RegistryApp app, string manifest)
    {
        using var filed = await app.ProposeAsync(manifest);
        filed.StatusCode.ShouldBe(HttpStatusCode.Accepted, await filed.Content.ReadAsStringAsync());
        return (long)(await RegistryApp.ReadAsync(filed))["id"]!;
    }

    private static async Task RegisterAsync(RegistryApp app, string id)
    {
        using var registered = await app.SendAsync(HttpMethod.Post, "municipalities/172022/devices", new { id, kind = "river", name = new { ja = "川" + id } });
        registered.StatusCode.ShouldBe(HttpStatusCode.Created, await registered.Content.ReadAsStringAsync());
    }

    private static async Task ShouldBeOutdatedAsync(RegistryApp app, long change)
    {
        var before = await ManifestAsync(app);
        using var refused = await app.ApproveAsync(change);
        ((string?)(await RegistryApp.ReadAsync(refused))["type"]).ShouldBe("urn:smartcity:problem:plan-outdated");
        (await ManifestAsync(app)).ShouldBe(before);
    }

    private static async Task<string> ManifestAsync(RegistryApp app)
    {
        using var answer = await app.SendAsync(HttpMethod.Get, "municipalities/172022/manifest");
        return await answer.Content.ReadAsStringAsync();
    }
}
