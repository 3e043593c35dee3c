using System.Net;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Planning;

public sealed class InstalledServicesTests
{
    private static readonly string WithTransit = Samples.Nanao.Replace("services: [telemetry, alerts]", "services: [telemetry, alerts, transit]", StringComparison.Ordinal);

    [Fact]
    public async Task Plan_WhenAServiceDoesNotRunHere_WarnsOfIt()
    {
        await using var app = await RegistryApp.StartAsync("--Registry:InstalledServices:0=telemetry", "--Registry:InstalledServices:1=alerts");

        var warning = (await WarningsAsync(app)).ShouldHaveSingleItem()!;

        ((string?)warning["field"]).ShouldBe("services[2]");
        ((string?)warning["message"])!.ShouldContain("'transit', which this installation does not run");
    }

    [Fact]
    public async Task Plan_WhenEveryServiceRunsHere_WarnsOfNone()
    {
        await using var app = await RegistryApp.StartAsync(
            "--Registry:InstalledServices:0=telemetry", "--Registry:InstalledServices:1=alerts", "--Registry:InstalledServices:2=transit");

        (await WarningsAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_WhenNobodySaidWhatRuns_WarnsOfNone()
    {
        await using var app = await RegistryApp.StartAsync();

        (await WarningsAsync(app)).ShouldBeEmpty();
    }

    private static async Task<List<JsonNode?>> WarningsAsync(RegistryApp app)
    {
        using var answer = await app.SendAsync(HttpMethod.Put, $"municipalities/{RegistryApp.Town}/manifest?dryRun=true", WithTransit);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return [.. (await RegistryApp.ReadAsync(answer))["warnings"]!.AsArray().Where(warning => (string?)warning!["code"] == "service-not-installed")];
    }
}
