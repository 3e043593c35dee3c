using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Onboarding;

/// <summary>A town that nobody has heard of, from an empty data directory to its first alert, by two people and the command line.</summary>
public sealed class OnboardingTests : IAsyncLifetime
{
    public const string Town = "172022";

    private readonly string _folder = Directory.CreateTempSubdirectory("onboarding-").FullName;
    private HostProcess _host = null!;
    private CommandLine _smartcity = null!;

    public async Task InitializeAsync()
    {
        _host = await HostProcess.StartAsync("--no-demo", "--no-simulator");
        _smartcity = new CommandLine(_host, _folder);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Town_WhenTwoPeopleAgree_IsServedAndItsFirstSensorRaisesItsFirstAlert()
    {
        var shelters = await SheltersAsync();
        await _smartcity.AsAsync("hana", "clerk", "onboard", "new", Town);
        await FillInAsync(shelters);
        (await _host.Http.GetAsync(new Uri($"/api/{Town}/alerts/active", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await _smartcity.AsAsync("hana", "clerk", "onboard", "plan", "municipality.yaml")).ShouldContain("river-1");
        await _smartcity.AsAsync("hana", "clerk", "onboard", "apply", "municipality.yaml", "--yes");
        (await _smartcity.TryAsync("hana", "officer", "changes", "approve", "1", "--yes")).ExitCode.ShouldNotBe(0);
        await _smartcity.AsAsync("taro", "officer", "changes", "approve", "1", "--yes");

        foreach (var path in (string[])["alerts/active", "alerts/shelters?near=37.04,136.96", "telemetry/devices"])
        {
            await WhenServedAsync(path);
        }

        (await _host.Http.GetFromJsonAsync<Page<ShelterView>>($"/api/{Town}/alerts/shelters?near=37.04,136.96", CityJson.Options))!.Items.ShouldNotBeEmpty();
        await RaiseAsync(await KeyAsync());
    }

    private async Task RaiseAsync(string key)
    {
        await using var stream = await AlertStream.OpenAsync(_host.Http, Town);
        var (client, result) = await DeviceClient.TryConnectAsync(_host.File, Town + "/river-1", key);
        using (client)
        {
            result.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
            await client.PublishStringAsync($"sc/v1/{Town}/river-1/telemetry", DeviceClient.LevelOf(3.42, DateTimeOffset.UtcNow), MqttQualityOfServiceLevel.AtLeastOnce);
            var (_, alert) = await stream.NextAsync();
            alert.Municipality.ShouldBe(Town);
            alert.Level.ShouldBe(3);
            await client.DisconnectAsync();
        }

        (await _host.Http.GetStringAsync($"/{Town}?lang=ja")).ShouldContain("高齢者等避難");
    }

    private async Task<string> KeyAsync()
        => (string)JsonNode.Parse(await _smartcity.AsAsync("taro", "officer", "device", "key", "rotate", Town, "river-1", "--json"))!["key"]!;

    /// <summary>What was put in force reaches every service within moments.</summary>
    private async Task WhenServedAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await _host.Http.GetAsync(new Uri($"/api/{Town}/{path}", UriKind.Relative), patience.Token)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Yield();
        }
    }

    /// <summary>The town's own list where the open data lies beside the repository, else one of the same form.</summary>
    private async Task<string> SheltersAsync()
    {
        var official = Path.Combine(Needs.RepositoryRoot, "..", "shared", "data", "shelters", $"evacuation-{Town}.json");
        if (File.Exists(official))
        {
            File.Copy(official, Path.Combine(_folder, "shelters.geojson"));
            return "shelters.geojson";
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "shelters.csv"), "名称,緯度,経度,災害種別_洪水\n中央小学校,37.04,136.96,1\n");
        return "shelters.csv";
    }

    /// <summary>Writes into the lines of the starter what a clerk would.</summary>
    private async Task FillInAsync(string shelters)
    {
        var path = Path.Combine(_folder, "municipality.yaml");
        var text = await File.ReadAllTextAsync(path);
        foreach (var (line, filled) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name: { ja: , ja-Hira: , en: }"] = "name: { ja: 七尾市, ja-Hira: ななおし, en: Nanao }",
            ["latitudeDegrees: \n"] = "latitudeDegrees: 37.043\n",
            ["longitudeDegrees: \n"] = "longitudeDegrees: 136.967\n",
            ["alertSender: \"\""] = "alertSender: bousai@city.nanao.example",
            ["action: Draft"] = "action: Publish",
            ["devices: []"] = "devices:\n  - { id: river-1, kind: river, name: { ja: 御祓川, en: Misogi }, latitudeDegrees: 37.043, longitudeDegrees: 136.966 }",
            ["people: []"] = "people:\n  - { name: hana, role: clerk }\n  - { name: taro, role: officer }",
        })
        {
            text.ShouldContain(line);
            text = text.Replace(line, filled, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(path, text + $"\nshelters: {shelters}\n");
    }
}
