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
}
