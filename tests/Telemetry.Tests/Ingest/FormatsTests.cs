using SmartCity.Contracts;
using SmartCity.Telemetry.Decoding.Sparkplug;
using SmartCity.Telemetry.Tests.Decoding;
using static SmartCity.Telemetry.Tests.Decoding.SparkplugSteps;

namespace SmartCity.Telemetry.Tests.Ingest;

/// <summary>Every format through broker, service and store.</summary>
public sealed class FormatsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Publish_WhenItIsSenMlCbor_IsStoredWithoutAContentType()
    {
        await using var device = await SparkplugNode.ConnectAsync(_app);
        await device.PublishAsync("sc/v1/162043/river-katakai-1/telemetry",
            SenMlCborDecoderTests.Pack(writer => SenMlCborDecoderTests.Map(writer, (0, "waterLevel"), (1, "m"), (2, 1.75))));

        (await _app.DeviceWhenAsync(view => view.AcceptedCount == 1)).Latest["waterLevelMetres"].Value.ShouldBe(1.75);
    }

    [Fact]
    public async Task Publish_WhenTheKindHasAMapping_IsReadByIt()
    {
        await _app.PublishAsync("""{"uplink_message":{"decoded_payload":{"moisturePercent":41},"rx_metadata":[{"rssi":-97}]}}""", "sc/v1/162043/soil-1/telemetry");

        var device = await _app.DeviceWhenAsync(view => view.AcceptedCount == 1, "soil-1");
        device.Latest["moisturePercent"].Value.ShouldBe(41);
        device.Latest["rssiDecibelMilliwatts"].Value.ShouldBe(-97);
    }

    [Fact]
    public async Task Publish_WhenTheDeviceHasAMapping_IsReadByIt()
    {
        await _app.PublishAsync("""{"cm":125}""", "sc/v1/162043/tank-1/telemetry");

        (await _app.DeviceWhenAsync(view => view.AcceptedCount == 1, "tank-1")).Latest["waterLevelMetres"].Value.ShouldBe(1.25);
    }

    [Theory]
    [InlineData("sc/v1/162043/river-katakai-1/telemetry", "9f9f9f9f")]
    [InlineData("sc/v1/162043/river-katakai-1/telemetry", "7b22")]
    [InlineData("sc/v1/162043/river-katakai-1/telemetry", "00ff00ff")]
    [InlineData("spBv1.0/162043/NBIRTH/river-katakai-1", "12ffffffff0f")]
    [InlineData("spBv1.0/162043/DDATA/river-katakai-1/pump", "1a0a")]
    public async Task Publish_WhenThePayloadIsPoison_TheNextReadingStillArrives(string topic, string payload)
    {
        await using var device = await SparkplugNode.ConnectAsync(_app);
        await device.PublishAsync(topic, Convert.FromHexString(payload));
        await _app.PublishLevelAsync(Now, 1.5);

        var view = await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        view.RefusedCount.ShouldBe(1);
        view.LastError!.Code.ShouldBe("payload-malformed");
        (await _app.ValuesAsync()).ShouldBe([1.5]);
    }

    [Fact]
    public async Task Sparkplug_WhenTheNodeIsBornAndDies_ItsValuesAndStateAreShown()
    {
        await using var node = await SparkplugNode.ConnectAsync(_app);
        await node.SendAsync(SparkplugTopic.NodeBirth, Birth(Now.AddSeconds(-2), birthDeath: 7));
        await node.SendAsync(SparkplugTopic.NodeData, Payload(1, Now, Aliased(1, AsFloat, 3.5)));

        var born = await _app.DeviceWhenAsync(view => view.AcceptedCount == 2);
        born.ConnectionStatus.ShouldBe("online");
        born.Latest["River.water.level"].Value.ShouldBe(3.5);
        born.Latest["counter"].Value.ShouldBe(-5);
        born.LastError.ShouldBeNull();

        await node.SendAsync(SparkplugTopic.NodeDeath, Payload(null, Now, BirthDeath(7)));
        await _app.DeviceWhenAsync(view => view.ConnectionStatus == "offline");
    }

    [Fact]
    public async Task Sparkplug_WhenTheServiceWasRestarted_AsksTheNodeForItsBirthOnce()
    {
        await using var node = await SparkplugNode.ConnectAsync(_app);
        await node.ListenAsync();
        await node.SendAsync(SparkplugTopic.NodeBirth, Birth(Now.AddSeconds(-3)));
        await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        await _app.StopServiceAsync();
        await _app.StartServiceAsync();

        await node.SendAsync(SparkplugTopic.NodeData, Payload(1, Now, Aliased(1, AsFloat, 4)));
        await node.SendAsync(SparkplugTopic.NodeData, Payload(2, Now, Aliased(1, AsFloat, 4)));

        var (topic, request) = await node.NextCommandAsync();
        topic.ShouldBe("spBv1.0/162043/NCMD/river-katakai-1");
        var metric = SparkplugPayload.Parser.ParseFrom(request).Metrics.ShouldHaveSingleItem();
        (metric.Name, metric.Datatype, metric.BooleanValue).ShouldBe(("Node Control/Rebirth", AsBoolean, true));
        (await _app.DeviceWhenAsync(view => view.RefusedCount == 2)).LastError!.Code.ShouldBe("sparkplug-unborn");

        await node.SendAsync(SparkplugTopic.NodeBirth, Birth(Now.AddSeconds(-2)));
        await node.SendAsync(SparkplugTopic.NodeData, Payload(1, Now.AddSeconds(1), Aliased(1, AsFloat, 5)));
        (await _app.DeviceWhenAsync(view => view.AcceptedCount == 3)).Latest["River.water.level"].Value.ShouldBe(5);
        node.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Sparkplug_WhenTheNodeIsNotRegistered_NothingIsStored()
    {
        await using var node = await SparkplugNode.ConnectAsync(_app);
        await node.PublishAsync("spBv1.0/162043/NBIRTH/nobody", Birth(Now));
        await node.PublishAsync("spBv1.0/999999/NBIRTH/river-katakai-1", Birth(Now));
        await _app.PublishLevelAsync(Now, 1.5);

        (await _app.DeviceWhenAsync(view => view.AcceptedCount == 1)).Latest.Keys.ShouldBe(["waterLevelMetres"]);
    }
}
