using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Registry.Tests.Planning;

/// <summary>Third-party targets inside somebody's network: what an operator agrees to is what was seen.</summary>
public sealed class TargetTests
{
    private const string Lamps = "\nthirdPartyServices: [{ name: lamps, title: { ja: 街路灯 }, baseUrls: ['http://lamps.example'] }]";

    [Fact]
    public async Task Approve_WhenTheNameMeansSomethingElseByThen_KeepsTheAddressesThatThePlanShowed()
    {
        var means = IPAddress.Parse("192.168.10.5");
        await using var app = await StartAsync(() => [means]);
        var change = await RegistryApp.ReadAsync(await app.ProposeAsync(Samples.Nanao + Lamps));
        ((string)change["plan"]!["operatorNeeded"]!).ShouldContain("192.168.10.5");
        change["plan"]!["privateTargets"]![0]!["addresses"]!.AsArray().Select(address => (string?)address).ShouldBe(["192.168.10.5"]);
        (await app.ApproveAsync((long)change["id"]!)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        means = IPAddress.Parse("169.254.169.254");
        (await app.ApproveAsync((long)change["id"]!, "operator-1", "operator", "none")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var lamps = (await InForceAsync(app))["thirdPartyServices"]![0]!;
        ((bool)lamps["privateTargetsApproved"]!).ShouldBeTrue();
        lamps["approvedAddresses"]!.AsArray().Select(address => (string?)address).ShouldBe(["192.168.10.5"]);
    }

    [Fact]
    public async Task Export_WhenAnOperatorApprovedATarget_IsByteStableAndNeedsNobodyAgain()
    {
        await using var app = await StartAsync(() => [IPAddress.Parse("192.168.10.5"), IPAddress.Parse("8.8.8.8")]);
        var change = await RegistryApp.ReadAsync(await app.ProposeAsync(Samples.Nanao + Lamps));
        (await app.ApproveAsync((long)change["id"]!, "operator-1", "operator", "none")).EnsureSuccessStatusCode();
        var exported = await ExportAsync(app);

        exported.ShouldContain("approvedAddresses:");
        exported.ShouldContain("192.168.10.5");
        exported.ShouldNotContain("8.8.8.8");
        (await RegistryApp.ReadAsync(await app.ProposeAsync(exported)))["steps"]!.AsArray().ShouldBeEmpty();
        // Nor does what somebody writes into it by hand count.
        (await RegistryApp.ReadAsync(await app.ProposeAsync(exported.Replace("192.168.10.5", "10.0.0.1", StringComparison.Ordinal))))["steps"]!.AsArray().ShouldBeEmpty();
        (await ExportAsync(app)).ShouldBe(exported);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    public async Task Approve_WhenTheNameMeansThisMachineOrItsCloud_AgreesToNothing(string means)
    {
        await using var app = await StartAsync(() => [IPAddress.Parse(means)]);
        var change = await RegistryApp.ReadAsync(await app.ProposeAsync(Samples.Nanao + Lamps));
        ((string)change["plan"]!["operatorNeeded"]!).ShouldContain("write the address itself");

        (await app.ApproveAsync((long)change["id"]!, "operator-1", "operator", "none")).EnsureSuccessStatusCode();

        var lamps = (await InForceAsync(app))["thirdPartyServices"]![0]!;
        ((bool)lamps["privateTargetsApproved"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Approve_WhenTheAddressItselfIsWritten_IsForThatAddress()
    {
        await using var app = await StartAsync(() => []);
        var change = await RegistryApp.ReadAsync(await app.ProposeAsync(Samples.Nanao + Lamps.Replace("lamps.example", "127.0.0.1:8089", StringComparison.Ordinal)));
        (await app.ApproveAsync((long)change["id"]!, "operator-1", "operator", "none")).EnsureSuccessStatusCode();

        (await InForceAsync(app))["thirdPartyServices"]![0]!["approvedAddresses"]!.AsArray().Select(address => (string?)address).ShouldBe(["127.0.0.1"]);
    }

    [Fact]
    public async Task Export_WhenARouteHasLimits_IsByteStableAndAChangeOfOneIsOneStep()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao + """

            thirdPartyServices:
              - name: photos
                title: { ja: 写真 }
                baseUrls: [https://8.8.8.8]
                routes: [{ path: /list }, { path: /upload, methods: [POST], maximumRequestBytes: 5000000, timeoutSeconds: 60 }]
            """);
        var exported = await ExportAsync(app);

        exported.ShouldContain("maximumRequestBytes: 5000000");
        exported.ShouldContain("timeoutSeconds: 60");
        (await RegistryApp.ReadAsync(await app.ProposeAsync(exported)))["steps"]!.AsArray().ShouldBeEmpty();
        var changed = await RegistryApp.ReadAsync(await app.ProposeAsync(exported.Replace("5000000", "6000000", StringComparison.Ordinal)));
        ((string?)changed["plan"]!["steps"]!.AsArray().ShouldHaveSingleItem()!["id"]).ShouldBe("photos");
        (await app.ProposeAsync(exported.Replace("timeoutSeconds: 60", "timeoutSeconds: 301", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ExportAsync(app)).ShouldBe(exported);
    }

    private static Task<RegistryApp> StartAsync(Func<IPAddress[]> means)
        => RegistryApp.StartAsync(services => services.AddSingleton<NameResolver>((_, _) => Task.FromResult(means())));

    private static async Task<string> ExportAsync(RegistryApp app)
        => await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync();

    private static async Task<JsonNode> InForceAsync(RegistryApp app)
        => JsonNode.Parse(await app.Client.GetStringAsync(new Uri("/internal/towns", UriKind.Relative)))!["towns"]![0]!;
}
