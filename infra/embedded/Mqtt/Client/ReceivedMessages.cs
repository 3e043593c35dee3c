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
    ClientConnection connection)
{
    public const int MaximumQueued = 65_536;

    private readonly Channel<(MqttApplicationMessageReceivedEventArgs Args, byte[] Payload)> _queue
        = System.Threading.Channels.Channel.CreateUnbounded<(MqttApplicationMessageReceivedEventArgs, byte[])>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> _acknowledge = connection.AcknowledgeAsync;
    private readonly Dictionary<ushort, string> _aliases = [];
    private int _queued;
    private bool _isStopped;

    /// <summary>Messages at QoS 0 that the handlers were too slow for.</summary>
    public long Dropped { get; private set; }

    /// <summary>What still waits for a handler is dropped: above QoS 0 the server has no acknowledgement and sends it again.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopped, true);
        _queue.Writer.TryComplete();
    }

    public void Enqueue(PublishPacket packet)
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
        var args = new MqttApplicationMessageReceivedEventArgs(clientId, PacketFactory.Message(packet, topic), packet.PacketIdentifier, _acknowledge);
        Interlocked.Increment(ref _queued);
        if (!_queue.Writer.TryWrite((args, payload)))
        {
            connection.End(new MqttClientDisconnectedException(null));
        }
    }

    /// <summary>Runs the handlers until <see cref="Stop"/>, after those of the connection before.</summary>
    public async Task RunAsync(Task previous)
    {
        // Never a handler on the thread that connects.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await foreach (var (args, payload) in _queue.Reader.ReadAllAsync())
        {
            Interlocked.Decrement(ref _queued);
            try
            {
                if (!Volatile.Read(ref _isStopped) && !connection.TryAnswerRepetition(args))
                {
                    await handler(args);
                    if (args.AutoAcknowledge && args.TryBeginAcknowledge())
                    {
                        connection.AcknowledgeHandled(args);
                    }
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
                    // A payload is valid in its handler only: one that is kept reads as zeros, never as another message.
                    ArrayPool<byte>.Shared.Return(payload, clearArray: true);
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
        connection.End(unknown);
        throw unknown;
    }
}
