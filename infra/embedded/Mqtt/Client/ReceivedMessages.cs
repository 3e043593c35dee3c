using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>
/// Runs the application's handlers one after another, apart from reading, so that a handler can await an answer from
/// the server. Above QoS 0 the queue is bounded by the receive maximum; at QoS 0 messages beyond
/// <see cref="MaximumQueued"/> are dropped and counted, as that level allows.
/// </summary>
internal sealed class ReceivedMessages(
    string clientId,
    Func<MqttApplicationMessageReceivedEventArgs, Task> handler,
    Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> acknowledge,
    Action<Exception> failed)
{
    public const int MaximumQueued = 65_536;

    private readonly Channel<(MqttApplicationMessageReceivedEventArgs Args, byte[] Payload)> _queue
        = System.Threading.Channels.Channel.CreateUnbounded<(MqttApplicationMessageReceivedEventArgs, byte[])>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Dictionary<ushort, string> _aliases = [];
    private int _queued;

    /// <summary>Messages at QoS 0 that the handlers were too slow for.</summary>
    public long Dropped { get; private set; }

    public void Start() => _ = RunAsync();

    public void Stop() => _queue.Writer.TryComplete();

    public void Enqueue(PublishPacket packet, ClientConnection connection)
    {
        var topic = Resolve(packet);
        if (packet.QualityOfService == 0 && Volatile.Read(ref _queued) >= MaximumQueued)
        {
            Dropped++;
            return;
        }

        var length = (int)packet.Payload.Length;
        var payload = length == 0 ? [] : ArrayPool<byte>.Shared.Rent(length);
        packet.Payload.CopyTo(payload);
        packet.Payload = new ReadOnlySequence<byte>(payload, 0, length);
        var args = new MqttApplicationMessageReceivedEventArgs(clientId, PacketFactory.Message(packet, topic), packet.PacketIdentifier, acknowledge);
        Interlocked.Increment(ref _queued);
        if (!_queue.Writer.TryWrite((args, payload)))
        {
            connection.End(new MqttClientDisconnectedException(null));
        }
    }

    private async Task RunAsync()
    {
        await foreach (var (args, payload) in _queue.Reader.ReadAllAsync())
        {
            Interlocked.Decrement(ref _queued);
            try
            {
                await handler(args);
                if (args.AutoAcknowledge)
                {
                    await acknowledge(args, CancellationToken.None);
                }
            }
            catch (MqttClientNotConnectedException)
            {
                // The message outlived its connection: the server delivers it again.
                continue;
            }
            catch (Exception exception)
            {
                // A handler that throws has not processed the message: it stays unacknowledged and the connection goes
                // on, as upstream. The client has no logger, so trace listeners are told.
                System.Diagnostics.Trace.TraceError(string.Create(CultureInfo.InvariantCulture, $"A message handler of {clientId} failed: {exception}"));
            }
            finally
            {
                if (payload.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(payload);
                }
            }
        }
    }

    private string Resolve(PublishPacket packet)
    {
        if (packet.Properties?.TopicAlias is not { } alias)
        {
            return packet.Topic.Value;
        }

        if (packet.Topic.Value.Length > 0)
        {
            return _aliases[alias] = packet.Topic.Value;
        }

        if (_aliases.TryGetValue(alias, out var topic))
        {
            return topic;
        }

        var unknown = new MqttProtocolException(MqttReasonCode.TopicAliasInvalid, "The server used a topic alias before setting it.");
        failed(unknown);
        throw unknown;
    }
}
