using System.Text;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class EnhancedAuthenticationTests
{
    private static readonly Func<MqttBrokerOptions, MqttBrokerOptions> WithExchanges = o => o with { EnhancedAuthenticator = new TestExchanges() };

    [Theory]
    [InlineData(null, MqttClientConnectResultCode.Success)]
    [InlineData("wrong", MqttClientConnectResultCode.NotAuthorized)]
    public async Task Connect_WithAnExchange_FollowsItsResult(string? wrongAnswer, MqttClientConnectResultCode expected)
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);

        var result = await broker.NewClient().ConnectAsync(broker.Options("c", configure: o => o
            .WithEnhancedAuthentication("REVERSE", "river"u8.ToArray()).WithEnhancedAuthenticationHandler(new ReverseHandler(wrongAnswer))));

        result.ResultCode.ShouldBe(expected);
        if (expected == MqttClientConnectResultCode.Success)
        {
            (result.AuthenticationMethod, Encoding.UTF8.GetString(result.AuthenticationData!)).ShouldBe(("REVERSE", "welcome"));
        }
    }

    [Fact]
    public async Task Connect_WhenTheAuthenticatorFails_SaysUnavailable()
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);

        var result = await broker.NewClient().ConnectAsync(
            broker.Options("c", configure: o => o.WithEnhancedAuthentication("REVERSE", "broken"u8.ToArray())));

        result.ResultCode.ShouldBe(MqttClientConnectResultCode.ServerUnavailable);
    }

    [Fact]
    public async Task Connect_WithAMethodThatIsUnknown_IsRefused()
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);

        var result = await broker.NewClient().ConnectAsync(broker.Options("c", configure: o => o.WithEnhancedAuthentication("OTHER")));

        result.ResultCode.ShouldBe(MqttClientConnectResultCode.BadAuthenticationMethod);
    }

    [Fact]
    public async Task Connect_WithoutAHandlerForAuth_Throws()
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);

        await Should.ThrowAsync<MqttConnectingFailedException>(
            () => broker.NewClient().ConnectAsync(broker.Options("c", configure: o => o.WithEnhancedAuthentication("REVERSE"))));
    }

    [Fact]
    public async Task Session_OfAnExchange_BelongsToTheUserThatItShowed()
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);
        await broker.ConnectAsync("c", configure: o => o.WithCredentials("river", "key").WithSessionExpiryInterval(100));

        // It says that it is the same user, and the exchange shows another one.
        var thief = await broker.NewClient().ConnectAsync(broker.Options("c", configure: o => o.WithCredentials("river", "key")
            .WithEnhancedAuthentication("REVERSE", "thief"u8.ToArray()).WithEnhancedAuthenticationHandler(new ReverseHandler())));

        thief.ResultCode.ShouldBe(MqttClientConnectResultCode.ClientIdentifierNotValid);
    }

    [Fact]
    public async Task Reauthentication_OnARunningConnection_Succeeds()
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);
        var handler = new ReverseHandler();
        var client = await broker.ConnectAsync("c", configure: o => o
            .WithEnhancedAuthentication("REVERSE", "river"u8.ToArray()).WithEnhancedAuthenticationHandler(handler));

        await client.SendEnhancedAuthenticationExchangeDataAsync(new MqttEnhancedAuthenticationExchangeData
        {
            ReasonCode = MqttAuthenticateReasonCode.ReAuthenticate,
            AuthenticationData = "river"u8.ToArray(),
        });

        (await handler.Finished.Task.WaitAsync(TestBroker.Patience)).ShouldBe("welcome");
        (await client.TryPingAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("river", "wrong")]
    [InlineData("somebody else", "cba")]
    public async Task Reauthentication_ThatFails_EndsTheConnection(string name, string answer)
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);
        var client = await ConnectAsync(broker);
        await client.SendAsync(Auth(MqttReasonCode.ReAuthenticate, "REVERSE", name));
        (await client.ReceiveAsync<AuthPacket>()).ReasonCode.ShouldBe(MqttReasonCode.ContinueAuthentication);

        await client.SendAsync(Auth(MqttReasonCode.ContinueAuthentication, "REVERSE", answer));

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.NotAuthorized);
    }

    [Theory]
    [InlineData(MqttReasonCode.ReAuthenticate, "OTHER")]
    [InlineData(MqttReasonCode.ReAuthenticate, null)]
    [InlineData(MqttReasonCode.ContinueAuthentication, "REVERSE")]
    [InlineData(MqttReasonCode.Success, "REVERSE")]
    public async Task Auth_ThatDoesNotFitOnARunningConnection_IsAProtocolError(MqttReasonCode reason, string? method)
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);
        var client = await ConnectAsync(broker);

        await client.SendAsync(Auth(reason, method, null));

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task Auth_WhenConnectHadNoMethod_IsAProtocolError()
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(Auth(MqttReasonCode.ReAuthenticate, "REVERSE", null));

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    public static TheoryData<MqttPacket> WrongPackets =>
    [
        RawClient.Connect("c"), RawClient.Publish("t", "x"), PingPacket.Request,
        Auth(MqttReasonCode.ContinueAuthentication, "OTHER", "cba"), Auth(MqttReasonCode.ReAuthenticate, "REVERSE", "cba"),
    ];

    [Theory]
    [MemberData(nameof(WrongPackets))]
    public async Task Packet_ThatDoesNotFitBeforeConnAck_IsRefused(MqttPacket packet)
    {
        await using var broker = await TestBroker.StartAsync(WithExchanges);
        var client = await broker.ConnectRawAsync(RawClient.Connect("c", properties: new MqttProperties { AuthenticationMethod = "REVERSE" }));
        await client.ReceiveAsync<AuthPacket>();

        await client.SendAsync(packet);

        (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe((byte)MqttReasonCode.ProtocolError);
        (await client.ReceiveAsync()).ShouldBeNull();
        broker.Broker.Statistics.Sessions.ShouldBe(0);
    }

    private static async Task<RawClient> ConnectAsync(TestBroker broker)
    {
        var client = await broker.ConnectRawAsync(RawClient.Connect(
            "c", properties: new MqttProperties { AuthenticationMethod = "REVERSE", AuthenticationData = "river"u8.ToArray() }));
        (await client.ReceiveAsync<AuthPacket>()).Properties!.AuthenticationData.ShouldBe("abc"u8.ToArray());
        await client.SendAsync(Auth(MqttReasonCode.ContinueAuthentication, "REVERSE", "cba"));
        (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe((byte)0);
        return client;
    }

    private static AuthPacket Auth(MqttReasonCode reason, string? method, string? data) => new(reason)
    {
        Properties = new MqttProperties { AuthenticationMethod = method, AuthenticationData = data is null ? null : Encoding.UTF8.GetBytes(data) },
    };
}
