using System.Net;
using System.Net.Http.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.GoldenPath;

/// <summary>From a river sensor to a resident, through the real host process.</summary>
public sealed class GoldenPathTests(SharedHost host) : IClassFixture<SharedHost>
{
    private const string Uozu = "162043";

    [Fact]
    public async Task Publish_WhenRiverRisesAndFalls_ResidentsSeeTheAlertAndItsEnd()
    {
        await using var stream = await AlertStream.OpenAsync(host.Process.Http, Uozu);
        await using var device = await DeviceClient.ConnectAsync(host.Process.File, "river-katakai-1");

        await device.PublishLevelAsync(3.42);
        var (_, issued) = await NextOfAsync(stream, "river-katakai-1");
        issued.MsgType.ShouldBe("Alert");
        issued.Level.ShouldBe(3);
        issued.Info.Select(info => info.Language[..2]).ShouldContain("ja");
        (await ActiveAsync()).ShouldContain(alert => alert.AlertId == issued.AlertId);
        (await host.Process.Http.GetStringAsync($"/{Uozu}?lang=ja")).ShouldContain("高齢者等避難");
        var cap = await host.Process.Http.GetStringAsync($"/api/{Uozu}/alerts/{issued.Id}.cap.xml");
        cap.ShouldContain("urn:oasis:names:tc:emergency:cap:1.2");

        await device.PublishLevelAsync(2.10);
        var (_, cancelled) = await NextOfAsync(stream, "river-katakai-1");
        cancelled.MsgType.ShouldBe("Cancel");
        cancelled.AlertId.ShouldBe(issued.AlertId);
        (await ActiveAsync()).ShouldNotContain(alert => alert.AlertId == issued.AlertId);
        (await host.Process.Http.GetStringAsync($"/api/{Uozu}/alerts/{cancelled.Id}.cap.xml")).ShouldContain(issued.Id);
    }

    [Fact]
    public async Task Stream_WhenClientReconnectsWithItsLastId_MissesNothing()
    {
        await using var device = await DeviceClient.ConnectAsync(host.Process.File, "river-ogawa-1");
        string? lastId;
        await using (var stream = await AlertStream.OpenAsync(host.Process.Http, "163422"))
        {
            await device.PublishLevelAsync(3.3);
            (lastId, _) = await NextOfAsync(stream, "river-ogawa-1");
        }

        await device.PublishLevelAsync(1.0);
        await Wait.UntilAsync(_ => ActiveAsync("163422"), alerts => alerts.All(alert => alert.DeviceId != "river-ogawa-1"));

        await using var again = await AlertStream.OpenAsync(host.Process.Http, "163422", lastId);
        (await NextOfAsync(again, "river-ogawa-1")).Alert.MsgType.ShouldBe("Cancel");
        again.Waiting.ShouldBe(0);
    }

    [MosquittoFact]
    public async Task Publish_WhenClientIsMosquitto_RaisesTheAlert()
    {
        await using var stream = await AlertStream.OpenAsync(host.Process.Http, Uozu);
        foreach (var (version, level, msgType) in new[] { ("mqttv311", 3.6, "Alert"), ("mqttv5", 1.0, "Cancel") })
        {
            var device = host.Process.File.Device("river-hayatsuki-1");
            var published = await CommandResult.RunAsync(Needs.MosquittoPublish,
            [
                "-h", host.Process.File.Mqtt.Host, "-p", host.Process.File.Mqtt.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "-V", version, "-q", "1", "-u", device.UserName, "-P", device.Password, "-t", device.Topic,
                "-m", DeviceClient.LevelOf(level, DateTimeOffset.UtcNow),
            ]);

            published.ExitCode.ShouldBe(0, published.Error);
            (await NextOfAsync(stream, "river-hayatsuki-1")).Alert.MsgType.ShouldBe(msgType);
        }
    }

    [NodeTheory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Publish_WhenClientIsNode_IsAcknowledgedAndStored(string version)
    {
        var device = host.Process.File.Device("river-kurobe-1");
        var value = version == "4" ? 1.44 : 1.55;
        var published = await PublishWithNodeAsync(version, device, device.Topic, DeviceClient.LevelOf(value, DateTimeOffset.UtcNow));

        published.Output.Trim().ShouldBe("acknowledged 0", published.Error);
        await Wait.UntilAsync(
            token => host.Process.Http.GetFromJsonAsync<DeviceView>("/api/163422/telemetry/devices/river-kurobe-1", CityJson.Options, token)!,
            view => view!.Latest.GetValueOrDefault("waterLevelMetres")?.Value.Equals(value) == true);
    }

    [NodeTheory]
    [InlineData("5", "refused 135")]
    public async Task Publish_WhenTopicIsAnotherDevices_NodeClientGetsTheReasonCode(string version, string expected)
    {
        var device = host.Process.File.Device("river-kurobe-1");
        var published = await PublishWithNodeAsync(version, device, "sc/v1/163422/river-ogawa-1/telemetry", "{}");

        published.Output.Trim().ShouldBe(expected, published.Error);
    }

    [Theory]
    [InlineData("/api/999999/alerts/active", "unknown-municipality")]
    [InlineData("/api/162043/telemedicine/fhir/Slot", "service-not-onboarded")]
    [InlineData("/api/162043/nonsense", "service-not-onboarded")]
    [InlineData("/api/nonsense", "not-found")]
    public async Task Get_WhenTownOrServiceIsUnknown_IsAProblemThatSaysSo(string path, string code)
    {
        using var answer = await host.Process.Http.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("urn:smartcity:problem:" + code);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task Get_WhenInternalRoutesAreAskedFor_TheGatewayDoesNotPassThemOn()
    {
        foreach (var path in new[] { "/events/sensor-threshold", "/dapr/subscribe" })
        {
            using var answer = await host.Process.Http.PostAsJsonAsync(path, new { });
            answer.IsSuccessStatusCode.ShouldBeFalse(path);
        }
    }

    private Task<IReadOnlyList<AlertView>> ActiveAsync() => ActiveAsync(Uozu);

    private async Task<IReadOnlyList<AlertView>> ActiveAsync(string municipality)
        => (await host.Process.Http.GetFromJsonAsync<Page<AlertView>>($"/api/{municipality}/alerts/active", CityJson.Options))!.Items;

    private Task<CommandResult> PublishWithNodeAsync(string version, DeviceCredentials device, string topic, string payload)
        => CommandResult.RunAsync("node",
        [
            "publish.mjs", host.Process.File.Mqtt.Host, host.Process.File.Mqtt.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            version, device.UserName, device.Password, topic, payload,
        ], Needs.NodeFolder);

    private static async Task<(string? Id, AlertView Alert)> NextOfAsync(AlertStream stream, string device)
    {
        while (true)
        {
            var next = await stream.NextAsync();
            if (next.Alert.DeviceId == device)
            {
                return next;
            }
        }
    }
}
