using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Registry.Tests.Devices;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Keys;

public sealed class BrokerTests
{
    private const string User = RegistryApp.Town + "/river-2";
    private const string Topic = "sc/v1/172022/river-2/telemetry";
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Revoke_WhenTheDeviceIsConnected_DropsItWithinASecondAndLetsItInNoMore()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await using var broker = await BrokerApp.StartAsync(app);
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        using var session = await broker.ConnectWhenKnownAsync(User, key);
        (await session.PublishAsync(Topic)).IsSuccess.ShouldBeTrue();

        await app.SendAsync(HttpMethod.Delete, $"{DeviceCalls.Devices}/river-2/keys");
        await session.Dropped.WaitAsync(OneSecond);

        using var again = await broker.ConnectAsync(User, key);
        again.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
    }

    [Fact]
    public async Task Rotate_WhenTheOverlapEnds_DropsTheSessionOfTheOlderKeyWithinASecond()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await using var broker = await BrokerApp.StartAsync(app);
        var old = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        using var session = await broker.ConnectWhenKnownAsync(User, old, "river-2");
        var fresh = (string)(await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Post, $"{DeviceCalls.Devices}/river-2/keys?overlapSeconds=600")))["key"]!;
        (await broker.ConnectWhenKnownAsync(User, fresh, "river-2-new")).Dispose();
        session.Dropped.IsCompleted.ShouldBeFalse();

        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await session.Dropped.WaitAsync(OneSecond);

        using var refused = await broker.ConnectAsync(User, old);
        refused.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
        using var welcome = await broker.ConnectAsync(User, fresh);
        welcome.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
    }

    [Fact]
    public async Task Connect_WhenTheRegistryIsDown_GoesByTheLastKnownKeys()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        var first = await BrokerApp.StartAsync(app);
        (await first.ConnectWhenKnownAsync(User, key)).Dispose();
        var folder = await first.StopAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder, "device-keys.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var second = await BrokerApp.StartAsync(app, folder, new Uri("http://127.0.0.1:1"));
        using var right = await second.ConnectAsync(User, key);
        using var wrong = await second.ConnectAsync(User, key + "2");

        right.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        wrong.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
    }

    [Fact]
    public async Task Connect_WhenWrongKeysPourIn_TheRightOneIsStillLetIn()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await using var broker = await BrokerApp.StartAsync(app);
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        (await broker.ConnectWhenKnownAsync(User, key)).Dispose();

        var flood = Enumerable.Range(0, 200).Select(number => broker.ConnectAsync(User, $"wrong {number}")).ToArray();
        using var right = await broker.ConnectAsync(User, key);

        right.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        foreach (var session in await Task.WhenAll(flood))
        {
            session.Answer.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
            session.Dispose();
        }
    }

    [Theory]
    [InlineData("sc/v1/162043/river-2/telemetry")]
    [InlineData("sc/v1/172022/river-1/telemetry")]
    [InlineData("sc/v1/172022/river-2/command")]
    [InlineData("sc/v1/172022/river-2/twin-desired")]
    [InlineData("sc/v1/172022/river-1/twin-reported")]
    [InlineData("spBv1.0/162043/NDATA/river-2")]
    [InlineData("spBv1.0/172022/DDATA/river-1/pump")]
    [InlineData("spBv1.0/172022/NCMD/river-2")]
    public async Task Publish_WhenTheTopicIsAnotherTownsOrDevices_IsRefused(string topic)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await using var broker = await BrokerApp.StartAsync(app);
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        using var session = await broker.ConnectWhenKnownAsync(User, key);

        (await session.PublishAsync(topic)).ReasonCode.ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        (await session.PublishAsync(Topic)).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [InlineData("sc/v1/162043/river-2/command")]
    [InlineData("sc/v1/+/river-2/command")]
    [InlineData("sc/v1/172022/river-1/twin-desired")]
    [InlineData("sc/v1/172022/+/twin-desired")]
    [InlineData("sc/v1/172022/+/telemetry")]
    [InlineData("$share/g/sc/v1/162043/+/telemetry")]
    [InlineData("#")]
    [InlineData("spBv1.0/162043/NCMD/river-2")]
    [InlineData("spBv1.0/172022/NDATA/river-2")]
    [InlineData("spBv1.0/+/NCMD/+")]
    public async Task Subscribe_WhenTheFilterReachesBeyondTheDevice_IsRefused(string filter)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await using var broker = await BrokerApp.StartAsync(app);
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        using var session = await broker.ConnectWhenKnownAsync(User, key);

        var answer = await session.Client.SubscribeAsync(new MqttClientFactory().CreateSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build());

        answer.Items.Single().ResultCode.ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
    }

    [Fact]
    public async Task Sparkplug_WhenTheTopicsAreTheNodesOwn_AreOpen()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await using var broker = await BrokerApp.StartAsync(app);
        var key = (string)(await app.KeyOfNewAsync("river-2"))["key"]!;
        using var session = await broker.ConnectWhenKnownAsync(User, key);

        var answer = await session.Client.SubscribeAsync(new MqttClientFactory().CreateSubscribeOptionsBuilder()
            .WithTopicFilter("spBv1.0/172022/NCMD/river-2", MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter("spBv1.0/172022/DCMD/river-2/#", MqttQualityOfServiceLevel.AtLeastOnce).Build());

        answer.Items.ShouldAllBe(item => item.ResultCode == MqttClientSubscribeResultCode.GrantedQoS1);
        (await session.PublishAsync("spBv1.0/172022/NBIRTH/river-2")).IsSuccess.ShouldBeTrue();
        (await session.PublishAsync("spBv1.0/172022/DDATA/river-2/pump 1")).IsSuccess.ShouldBeTrue();
    }
}
