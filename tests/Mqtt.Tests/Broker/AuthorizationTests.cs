using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task PublishAsync_ToAForbiddenTopic_SaysNotAuthorizedAndStaysConnected(MqttQualityOfServiceLevel level)
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("device", inbox);
        await client.SubscribeAsync("#");

        var result = await client.PublishStringAsync("forbidden/x", "1", level).WaitAsync(TestBroker.Patience);

        (result.IsSuccess, result.ReasonCode).ShouldBe((false, MqttClientPublishReasonCode.NotAuthorized));
        broker.Refusals.Single().Topic.ShouldBe("forbidden/x");
        (await client.PublishStringAsync("allowed", "2", level)).IsSuccess.ShouldBeTrue();
        (await inbox.NextAsync()).Topic.ShouldBe("allowed");
    }

    [Fact]
    public async Task PublishAsync_ToAForbiddenTopicWithVersion311_ClosesTheConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("device", ProtocolVersion.Version311));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(RawClient.Publish("forbidden/x", "1", 1, 1));

        (await client.ReceiveAsync()).ShouldBeNull();
        broker.Refusals.Single().ReasonCode.ShouldBe(MqttReasonCode.NotAuthorized);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttClientSubscribeResultCode.UnspecifiedError)]
    [InlineData(MqttProtocolVersion.V500, MqttClientSubscribeResultCode.NotAuthorized)]
    public async Task SubscribeAsync_ToAForbiddenFilter_IsRefusedAndTheOthersAreGranted(MqttProtocolVersion version, MqttClientSubscribeResultCode expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("device", version: version);

        var result = await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter("forbidden/#").WithTopicFilter("$share/g/forbidden/x").WithTopicFilter("mine").Build());

        result.Items.Select(item => item.ResultCode).ShouldBe([expected, expected, MqttClientSubscribeResultCode.GrantedQoS0]);
        broker.Refusals.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ConnectAsync_WithAForbiddenLastWill_IsRefused()
    {
        await using var broker = await TestBroker.StartAsync();

        var result = await broker.NewClient().ConnectAsync(broker.Options("device", configure: o => o.WithWillTopic("forbidden/will")));

        result.ResultCode.ShouldBe(MqttClientConnectResultCode.NotAuthorized);
    }

    [Fact]
    public async Task PublishAsync_ToSys_IsForTheHostOnly()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { SysInterval = TimeSpan.Zero });
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("device", inbox);
        await client.SubscribeAsync("$SYS/#");
        await client.SubscribeAsync("#");

        var result = await client.PublishStringAsync("$SYS/broker/fake", "1", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("$SYS/broker/real", "2"u8.ToArray());
        await broker.Broker.PublishAsync("ordinary", "3"u8.ToArray());

        result.ReasonCode.ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        (await inbox.NextTextsAsync(2)).ShouldBe(["2", "3"]);
        inbox.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task PublishAsync_WhenThePermissionIsWithdrawn_IsRefusedSoon()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var client = await broker.ConnectRawAsync(RawClient.Connect("device"));
        await client.ReceiveAsync<ConnAckPacket>();
        await client.SendAsync(RawClient.Publish("t", "1", 1, 1));
        (await client.ReceiveAsync<AckPacket>()).ReasonCode.ShouldBe(MqttReasonCode.NoMatchingSubscribers);

        broker.Rules.Withdrawn = "t";
        clock.Advance(TimeSpan.FromSeconds(1));
        await client.SendAsync(RawClient.Publish("t", "2", 1, 2));

        (await client.ReceiveAsync<AckPacket>()).ReasonCode.ShouldBe(MqttReasonCode.NotAuthorized);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Session_WhenASubscriptionIsNotAllowedAnyMore_LosesItAtTheNextConnect(bool isRestarted)
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("device", configure: Lasting);
        await client.SubscribeAsync("kept");
        await client.SubscribeAsync("$share/g/withdrawn");
        await client.SubscribeAsync("withdrawn");
        await client.DisconnectAsync();
        broker.Rules.Withdrawn = "withdrawn";
        if (isRestarted)
        {
            await broker.RestartAsync();
        }

        await broker.ConnectAsync("device", inbox, Lasting);

        broker.Broker.Statistics.Subscriptions.ShouldBe(1);
        broker.Refusals.Select(refusal => refusal.Topic).ShouldBe(["$share/g/withdrawn", "withdrawn"], ignoreOrder: true);
        await broker.Broker.PublishAsync("withdrawn", "1"u8.ToArray());
        await broker.Broker.PublishAsync("kept", "2"u8.ToArray());
        (await inbox.NextAsync()).Text.ShouldBe("2");
    }

    [Fact]
    public async Task Session_WithADeclaredSubscription_KeepsItWhoeverMayHaveIt()
    {
        await using var broker = await TestBroker.StartAsync(o => o with
        {
            DurableSessions = [new MqttDurableSession("ingest", null, [new MqttTopicFilter { Topic = "withdrawn" }])],
        });
        broker.Rules.Withdrawn = "withdrawn";

        await broker.ConnectAsync("ingest", configure: Lasting);

        broker.Broker.Statistics.Subscriptions.ShouldBe(1);
    }

    [Fact]
    public async Task Session_WhenItsClientBecomesAnotherPrincipal_LosesWhatThatMayNotHave()
    {
        await using var core = new TestCore();
        var connection = await core.ConnectAsync("device", 100);
        await connection.HandleAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "$SYS/#" }, new MqttTopicFilter { Topic = "t" }] });

        connection.ChangePrincipal("no-figures");

        core.SessionOf("device")!.Subscriptions.Keys.ShouldBe(["t"]);
        (core.State.Topics.Count, core.Refusals.Single().Topic).ShouldBe((1, "$SYS/#"));
    }

    [Fact]
    public async Task DisconnectClientAsync_WhenAKeyIsRevoked_DropsConnectionAndSession()
    {
        await using var broker = await TestBroker.StartAsync();
        var gone = new TaskCompletionSource<MqttClientDisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = await broker.ConnectAsync("device", configure: o => o.WithCredentials("revoked", "key").WithCleanStart(false).WithSessionExpiryInterval(100));
        client.DisconnectedAsync += args =>
        {
            gone.TrySetResult(args.Reason);
            return Task.CompletedTask;
        };
        var other = await broker.ConnectAsync("other", configure: o => o.WithCredentials("kept", "key"));

        await broker.Broker.DisconnectClientAsync("revoked");

        (await gone.Task.WaitAsync(TestBroker.Patience)).ShouldBe(MqttClientDisconnectReason.AdministrativeAction);
        (await other.TryPingAsync()).ShouldBeTrue();
        broker.Broker.Statistics.Sessions.ShouldBe(1);
    }

    private static void Lasting(MqttClientOptionsBuilder options) => options.WithCleanStart(false).WithSessionExpiryInterval(100);
}
