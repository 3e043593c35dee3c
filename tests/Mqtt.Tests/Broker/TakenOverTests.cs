using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

/// <summary>A packet that was read before its connection lost the session, and is handled after it.</summary>
public sealed class TakenOverTests
{
    private static readonly SubscribePacket Subscribe = new() { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t" }] };

    [Fact]
    public async Task Subscribe_WhenTheSessionWasRemoved_LeavesNoSubscription()
    {
        await using var core = new TestCore();
        var old = await core.ConnectAsync("c");
        await core.ConnectAsync("c");

        await old.HandleAsync(Subscribe);

        core.State.Topics.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Unsubscribe_WhenTheSessionWasTakenOver_ChangesNothing()
    {
        await using var core = new TestCore();
        var old = await core.ConnectAsync("c", 100);
        await old.HandleAsync(Subscribe);
        await core.ConnectAsync("c", 100);

        await old.HandleAsync(new UnsubscribePacket { PacketIdentifier = 2, Filters = ["t"] });

        core.SessionOf("c")!.Subscriptions.Keys.ShouldBe(["t"]);
    }

    [Fact]
    public async Task Disconnect_WhenTheSessionWasTakenOver_DoesNotShortenIt()
    {
        await using var core = new TestCore();
        var old = await core.ConnectAsync("c", 100);
        var current = await core.ConnectAsync("c", 100);

        await old.HandleAsync(new DisconnectPacket(MqttReasonCode.Success) { Properties = new MqttProperties { SessionExpiryInterval = 0 } });

        var session = core.SessionOf("c")!;
        (session.ExpirySeconds, session.Connection).ShouldBe((100u, current));
    }

    [Fact]
    public async Task Publish_WhenTheSessionWasTakenOver_LeavesNoIdentifierAndIsNotRouted()
    {
        await using var core = new TestCore();
        var old = await core.ConnectAsync("c", 100);
        var current = await core.ConnectAsync("c", 100);
        await current.HandleAsync(Subscribe);

        await old.HandleAsync(RawClient.Publish("t", "x", 2, 5));

        core.SessionOf("c")!.ReceivedExactlyOnce.ShouldBeEmpty();
        core.State.MessagesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Release_WhenTheSessionWasTakenOver_LeavesTheIdentifierToTheNewConnection()
    {
        await using var core = new TestCore();
        var old = await core.ConnectAsync("c", 100);
        var current = await core.ConnectAsync("c", 100);
        await current.HandleAsync(RawClient.Publish("t", "x", 2, 5));

        await old.HandleAsync(new AckPacket(PacketType.PubRel, 5));

        core.SessionOf("c")!.ReceivedExactlyOnce.ShouldBe([(ushort)5]);
    }

    [Fact]
    public async Task Input_WhenTheClientDoesNotReadItsAnswers_IsLeftUnreadUntilItDoes()
    {
        await using var core = new TestCore();
        var connect = PacketBytes.Encode(RawClient.Connect("c"), ProtocolVersion.Version500);
        // Of 4 bytes each; the answers, that there is no such identifier, have 5.
        var release = PacketBytes.Encode(new AckPacket(PacketType.PubRel, 1), ProtocolVersion.Version500);
        var client = new RepeatingStream(
            connect, [.. Enumerable.Repeat(release, 4096).SelectMany(bytes => bytes)], connect.Length + (5L * 1024 * 1024 * release.Length));
        var connection = core.Open(client);

        // All is there at once, so this comes back when the connection waits for something.
        var running = connection.RunAsync();

        var (read, pending) = (client.BytesRead, connection.Output.PendingBytes);
        client.Take();
        await running.WaitAsync(TestBroker.Patience);
        read.ShouldBeLessThan(client.Length);
        pending.ShouldBeInRange(Connection.MaximumOutputBytes, Connection.MaximumOutputBytes + 1024);
        client.BytesRead.ShouldBe(client.Length);
    }
}
