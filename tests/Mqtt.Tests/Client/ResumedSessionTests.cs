using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Client;

/// <summary>What the client keeps of a session between connections (MQTT 5.0, sections 4.1 and 4.4).</summary>
public sealed class ResumedSessionTests : IDisposable
{
    private readonly RawServer _server = new();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    [Fact]
    public async Task PublishAsync_WhenAnEarlierExactlyOnceWasNotReleased_LeavesItsIdentifierAndReleasesIt()
    {
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        var lost = PublishAsync("lost");
        var identifier = (await first.ReceiveAsync<PublishPacket>()).PacketIdentifier;
        await first.CloseAsync(_client);
        await Should.ThrowAsync<MqttCommunicationException>(() => lost);

        using var second = await _server.ConnectAsync(_client, sessionPresent: true);
        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, identifier));
        var next = PublishAsync("next");
        var other = (await second.ReceiveAsync<PublishPacket>()).PacketIdentifier;
        other.ShouldNotBe(identifier);
        await second.SendAsync(new AckPacket(PacketType.PubComp, identifier));
        await AnswerAsync(second, other);

        (await next.WaitAsync(TestBroker.Patience)).ReasonCode.ShouldBe(MqttClientPublishReasonCode.Success);
    }

    [Fact]
    public async Task Resume_WhenPubRelWasNotAnswered_SendsItOnEveryConnectionInTheFirstOrder()
    {
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        var publishes = Enumerable.Range(0, 3).Select(_ => PublishAsync("x")).ToList();
        for (ushort identifier = 1; identifier <= 3; identifier++)
        {
            (await first.ReceiveAsync<PublishPacket>()).PacketIdentifier.ShouldBe(identifier);
        }

        await AnswerAsync(first, 1);
        await publishes[0].WaitAsync(TestBroker.Patience);
        var again = PublishAsync("x");
        (await first.ReceiveAsync<PublishPacket>()).PacketIdentifier.ShouldBe((ushort)4);
        await first.CloseAsync(_client);
        foreach (var failed in publishes.Skip(1).Append(again))
        {
            await Should.ThrowAsync<MqttCommunicationException>(() => failed);
        }

        using var second = await _server.ConnectAsync(_client, sessionPresent: true);
        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, (ushort)2));
        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, (ushort)3));
        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, (ushort)4));
        await second.SendAsync(new AckPacket(PacketType.PubComp, 3, MqttReasonCode.PacketIdentifierNotFound));
        await SynchronizeAsync(second);
        await second.CloseAsync(_client);

        using var third = await _server.ConnectAsync(_client, sessionPresent: true);
        (await third.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, (ushort)2));
        (await third.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, (ushort)4));
    }

    [Fact]
    public async Task Resume_WhenTheServerHasNoSession_ForgetsWhatWasNotReleased()
    {
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        var lost = PublishAsync("lost");
        await first.ReceiveAsync<PublishPacket>();
        await first.CloseAsync(_client);
        await Should.ThrowAsync<MqttCommunicationException>(() => lost);

        using var second = await _server.ConnectAsync(_client, sessionPresent: false);
        var next = PublishAsync("next");

        await AnswerAsync(second, (await second.ReceiveAsync<PublishPacket>()).PacketIdentifier);
        (await next.WaitAsync(TestBroker.Patience)).ReasonCode.ShouldBe(MqttClientPublishReasonCode.Success);
    }

    [Fact]
    public async Task PublishAsync_InASessionOfAnEarlierProcess_ReleasesEachIdentifierBeforeItsFirstUse()
    {
        using var connection = await _server.ConnectAsync(_client, sessionPresent: true);

        var publishing = PublishAsync("next");
        var (type, identifier) = await connection.ReceiveAckAsync();
        type.ShouldBe(PacketType.PubRel);
        (await connection.ReceiveAsync<PublishPacket>()).PacketIdentifier.ShouldBe(identifier);
        await connection.SendAsync(new AckPacket(PacketType.PubComp, identifier, MqttReasonCode.PacketIdentifierNotFound));
        await AnswerAsync(connection, identifier);

        (await publishing.WaitAsync(TestBroker.Patience)).ReasonCode.ShouldBe(MqttClientPublishReasonCode.Success);
    }

    [Fact]
    public async Task ExactlyOnce_WhenAConnectWasRefusedBetween_IsNotHandledTwice()
    {
        var inbox = new Inbox();
        inbox.Listen(_client);
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        await first.SendAsync(RawClient.Publish("t", "once", 2, 5));
        (await first.ReceiveAckAsync()).ShouldBe((PacketType.PubRec, (ushort)5));
        await first.CloseAsync(_client);
        var refused = _client.ConnectAsync(_server.Options());
        using (var busy = await _server.AcceptAsync())
        {
            await busy.SendAsync(new ConnAckPacket { ReasonCode = (byte)MqttReasonCode.ServerBusy });
            (await refused.WaitAsync(TestBroker.Patience)).ResultCode.ShouldBe(MqttClientConnectResultCode.ServerBusy);
        }

        using var second = await _server.ConnectAsync(_client, sessionPresent: true);
        await second.SendAsync(Again("once", 5));
        await second.SendAsync(RawClient.Publish("t", "next", 2, 6));

        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRec, (ushort)5));
        (await inbox.NextTextsAsync(2)).ShouldBe(["once", "next"]);
    }

    [Fact]
    public async Task ExactlyOnce_WhenTheClientConnectsUnderAnotherName_IsNotTakenForARepetition()
    {
        var inbox = new Inbox();
        inbox.Listen(_client);
        using var first = await _server.ConnectAsync(_client, sessionPresent: false, "one");
        await first.SendAsync(RawClient.Publish("t", "for one", 2, 5));
        (await first.ReceiveAckAsync()).ShouldBe((PacketType.PubRec, (ushort)5));
        await first.CloseAsync(_client);

        using var second = await _server.ConnectAsync(_client, sessionPresent: true, "two");
        await second.SendAsync(RawClient.Publish("t", "for two", 2, 5));
        await second.SendAsync(RawClient.Publish("t", "also for two", 2, 6));

        (await inbox.NextTextsAsync(3)).ShouldBe(["for one", "for two", "also for two"]);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static PublishPacket Again(string payload, ushort identifier)
    {
        var packet = RawClient.Publish("t", payload, 2, identifier);
        packet.Duplicate = true;
        return packet;
    }

    private static async Task AnswerAsync(RawServerConnection connection, ushort identifier)
    {
        await connection.SendAsync(new AckPacket(PacketType.PubRec, identifier));
        (await connection.ReceiveAckAsync()).ShouldBe((PacketType.PubRel, identifier));
        await connection.SendAsync(new AckPacket(PacketType.PubComp, identifier));
    }

    // When the ping is answered, the client has read all that was sent before.
    private async Task SynchronizeAsync(RawServerConnection connection)
    {
        var pinging = _client.PingAsync();
        await connection.ReceiveAsync<PingPacket>();
        await connection.SendAsync(PingPacket.Response);
        await pinging.WaitAsync(TestBroker.Patience);
    }

    private Task<MqttClientPublishResult> PublishAsync(string payload)
        => _client.PublishStringAsync("t", payload, MqttQualityOfServiceLevel.ExactlyOnce);
}
