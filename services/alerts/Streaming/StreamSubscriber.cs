using System.Threading.Channels;
using SmartCity.ServiceDefaults.Streaming;

namespace SmartCity.Alerts.Streaming;

/// <summary>One open stream: a bounded queue of shared bytes.</summary>
/// <param name="municipality">Whose alerts it gets.</param>
/// <param name="queueLength">A client that lags more is disconnected: it resumes by the id it saw last, so nothing is lost.</param>
/// <param name="after">The sequence that the client has seen already, maybe from another replica that was ahead of this one.</param>
/// <param name="abort">Closes the connection, also while a write to it is stuck.</param>
public sealed class StreamSubscriber(string municipality, int queueLength, long after, Action abort)
{
    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(queueLength) { SingleReader = true });

    public string Municipality => municipality;

    /// <summary>When it has its heartbeat, of the hub's turns.</summary>
    public int Turn { get; set; }

    public ChannelReader<ReadOnlyMemory<byte>> Frames => _frames.Reader;

    /// <returns>False when the queue is full.</returns>
    public bool TrySend(StreamFrame frame) => frame.Sequence <= after || _frames.Writer.TryWrite(frame.Bytes);

    /// <summary>Keeps the connection busy; a full queue needs no heartbeat, there is enough to send.</summary>
    public void SendHeartbeat() => _frames.Writer.TryWrite(EventStream.Heartbeat);

    /// <summary>Ends the stream after what is queued.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Ends the stream now.</summary>
    public void Abort()
    {
        Complete();
        abort();
    }
}
