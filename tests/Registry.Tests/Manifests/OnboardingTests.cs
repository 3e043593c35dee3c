using System.Net;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Manifests;

public sealed class OnboardingTests
{
    [Fact]
    public async Task Manifest_WhenTwoPeopleAgree_IsInForceAndTold()
    {
        await using var app = await RegistryApp.StartAsync();

        var proposed = await app.ProposeAsync(Samples.Nanao);
        proposed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var change = await RegistryApp.ReadAsync(proposed);
        (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var approved = await app.ApproveAsync((long)change["id"]!, body: new { digest = (string?)change["plan"]!["digest"] });
        approved.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = await app.Sidecar.NextAsync();
        told.Topic.ShouldBe("registry.changed");
        told.Data.GetProperty("municipality").GetString().ShouldBe(RegistryApp.Town);
        var towns = JsonNode.Parse(await app.Client.GetStringAsync(new Uri("/internal/towns", UriKind.Relative)))!;
        ((string?)towns["towns"]![0]!["code"]).ShouldBe(RegistryApp.Town);
    }

    [Fact]
    public async Task Approve_WhenItIsTheProposer_IsRefusedAndNothingChanges()
    {
        await using var app = await RegistryApp.StartAsync();
        var proposed = await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Put, $"municipalities/{RegistryApp.Town}/manifest", Samples.Nanao, "officer-1", "officer"));

        var answer = await app.ApproveAsync((long)proposed["id"]!);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)(await RegistryApp.ReadAsync(answer))["type"]).ShouldBe("urn:smartcity:problem:second-person-needed");
        (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Export_WhenAppliedAgain_ChangesNothingAndIsTheSameBytes()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var exported = await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync();

        var again = await app.ProposeAsync(exported);

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RegistryApp.ReadAsync(again))["steps"]!.AsArray().ShouldBeEmpty();
        (await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync()).ShouldBe(exported);
    }

    [Fact]
    public async Task Export_WhenRulesAreOfEveryKind_ComesBackTheSameAndChangesOneByOne()
    {
        const string Kinds = """
            rules:
              - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3 }
              - { kind: rate, id: fast, deviceKind: river, metric: waterLevelMetres, windowSeconds: 1800, raiseAtPerHour: 0.5, clearBelowPerHour: 0.1 }
              - { kind: silence, id: quiet, deviceKind: river, afterSeconds: 600 }
              - { kind: deviation, id: odd, deviceKind: river, metric: waterLevelMetres, raiseAt: 1, clearBelow: 0.5 }
              - { kind: composite, id: both, deviceKind: river, combine: All, rules: [river-warning, fast] }
              - { kind: zone, id: valley, name: { ja: 谷 }, rule: both, atLeast: 1, devices: [river-1] }
            policies:
            """;
        await using var app = await RegistryApp.StartAsync();
        var manifest = Samples.Nanao[..Samples.Nanao.IndexOf("rules:", StringComparison.Ordinal)] + Kinds + Samples.Nanao[(Samples.Nanao.IndexOf("policies:", StringComparison.Ordinal) + "policies:".Length)..];
        await app.OnboardAsync(manifest);
        var exported = await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync();

        exported.ShouldContain("kind: composite");
        (await RegistryApp.ReadAsync(await app.ProposeAsync(exported)))["steps"]!.AsArray().ShouldBeEmpty();
        var changed = await RegistryApp.ReadAsync(await app.ProposeAsync(exported.Replace("afterSeconds: 600", "afterSeconds: 900", StringComparison.Ordinal)));
        ((string?)changed["plan"]!["steps"]!.AsArray().ShouldHaveSingleItem()!["id"]).ShouldBe("quiet");
    }
}
