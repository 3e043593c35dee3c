using MQTTnet;
using MQTTnet.Formatter;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class ConnectTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task ConnectAsync_WithTheWrongPassword_IsRefusedWithoutAnException(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = broker.NewClient();

        var result = await client.ConnectAsync(broker.Options("device", version, o => o.WithCredentials("162043/river", "wrong")));

        result.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
        client.IsConnected.ShouldBeFalse();
        broker.Refusals.Single().ShouldBe(new MqttRefusal("162043/river", "device", MqttReasonCode.BadUserNameOrPassword, null, "The client was not let in."));
    }

    [Theory]
    [InlineData("162043/river", MqttClientConnectResultCode.Success)]
    [InlineData("banned", MqttClientConnectResultCode.Banned)]
    [InlineData("broken", MqttClientConnectResultCode.ServerUnavailable)]
    public async Task ConnectAsync_WithAPassword_GivesTheAuthenticatorsAnswer(string userName, MqttClientConnectResultCode expected)
    {
        await using var broker = await TestBroker.StartAsync();

        var result = await broker.NewClient().ConnectAsync(broker.Options("device", configure: o => o.WithCredentials(userName, "key")));

        result.ResultCode.ShouldBe(expected);
    }

    [Fact]
    public async Task ConnectAsync_WithVersion5_TellsWhatTheServerOffers()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 7, MaximumPacketSizeBytes = 5000, TopicAliasMaximum = 3, MaximumSessionExpiry = TimeSpan.FromSeconds(60), MaximumKeepAlive = TimeSpan.FromSeconds(30) });

        var result = await broker.NewClient().ConnectAsync(
            broker.Options(string.Empty, configure: o => o.WithSessionExpiryInterval(uint.MaxValue).WithKeepAlivePeriod(TimeSpan.FromMinutes(5))));

        result.ReceiveMaximum.ShouldBe((ushort)7);
        result.MaximumPacketSize.ShouldBe(5000u);
        result.TopicAliasMaximum.ShouldBe((ushort)3);
        result.SessionExpiryInterval.ShouldBe(60u);
        result.ServerKeepAlive.ShouldBe((ushort)30);
        result.AssignedClientIdentifier.ShouldNotBeNullOrEmpty();
        (result.RetainAvailable, result.WildcardSubscriptionAvailable, result.SharedSubscriptionAvailable, result.SubscriptionIdentifiersAvailable)
            .ShouldBe((true, true, true, true));
        ((int)result.MaximumQoS).ShouldBe(2);
    }

    [Fact]
    public async Task ConnectAsync_WithTheClientIdOfAnotherUser_IsRefused()
    {
        await using var broker = await TestBroker.StartAsync();
        var owner = await broker.ConnectAsync("ingest", configure: o => o.WithCredentials("service", "key"));

        var thief = await broker.NewClient().ConnectAsync(broker.Options("ingest", configure: o => o.WithCredentials("device", "key")));

        thief.ResultCode.ShouldBe(MqttClientConnectResultCode.ClientIdentifierNotValid);
        (await owner.TryPingAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("10 0E 00 06 4D 51 49 73 64 70 03 02 00 00 00 00", 0x01)]
    [InlineData("10 0D 00 04 4D 51 54 54 03 02 00 00 00 00 00", 0x01)]
    [InlineData("10 0D 00 04 4D 51 54 54 06 02 00 00 00 00 00", 0x84)]
    [InlineData("10 0C 00 04 4D 51 54 54 04 00 00 00 00 00", 0x02)]
    public async Task Connect_WithAVersionOrNameThatCannotBe_IsRefusedInTheFormOfItsVersion(string hex, byte expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync();

        await client.SendAsync(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));

        client.Version = expected < 0x80 ? ProtocolVersion.Version311 : ProtocolVersion.Version500;
        (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe(expected);
        (await client.ReceiveAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Connect_WithAnAuthenticationMethodThatIsNotThere_IsRefused()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("c", properties: new MqttProperties { AuthenticationMethod = "SCRAM" }));

        (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe((byte)MqttReasonCode.BadAuthenticationMethod);
    }

    [Fact]
    public async Task Connect_WhenSentTwice_IsAProtocolError()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(RawClient.Connect("c"));

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task Connection_WhenItDoesNotBeginWithConnect_IsClosed()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync();

        await client.SendAsync(PingPacket.Request);

        (await client.ReceiveAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Connection_WhenConnectDoesNotArriveInTime_IsClosed()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { ConnectTimeout = TimeSpan.FromSeconds(5) }, clock);
        var client = await broker.ConnectRawAsync();
        await client.SendAsync(new byte[] { 0x10 });
        var slow = client.ReceiveAsync();
        // Only a connection that is known can be too slow.
        await broker.WhenAsync(statistics => statistics.Connections == 1);

        clock.Advance(TimeSpan.FromSeconds(7));

        (await slow).ShouldBeNull();
    }

    [Fact]
    public async Task Connection_BeyondTheMaximum_IsClosedAtOnce()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumConnections = 1 });
        var first = await broker.ConnectAsync("first");

        var second = await broker.ConnectRawAsync();

        (await second.ReceiveAsync()).ShouldBeNull();
        (await first.TryPingAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_WhenThePortIsTaken_NamesIt()
    {
        await using var broker = await TestBroker.StartAsync();
        using var directory = new TemporaryDirectory();
        var rules = new TestRules();
        await using var second = new MqttBroker(new MqttBrokerOptions { DataDirectory = directory.Path, Port = broker.Port }, rules, rules);

        var exception = await Should.ThrowAsync<IOException>(() => second.StartAsync());

        exception.Message.ShouldContain($"{broker.Port}");
        exception.Message.ShouldContain("already in use");
    }
}
