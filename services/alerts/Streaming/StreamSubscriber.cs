using SmartCity.ServiceDefaults.Streaming;

namespace SmartCity.Alerts.Streaming;

/// <summary>One open stream of alerts.</summary>
/// <param name="municipality">Whose alerts it gets.</param>
/// <param name="languages">In which words.</param>
/// <param name="queueLength">A client that lags more is disconnected: it resumes by the id it saw last, so nothing is lost.</param>
/// <param name="after">The sequence that the client has seen already, maybe from another replica that was ahead of this one.</param>
/// <param name="abort">Closes the connection, also while a write to it is stuck.</param>
public sealed class StreamSubscriber(string municipality, StreamLanguages languages, int queueLength, long after, Action abort)
    : OpenStream(queueLength, abort)
{
    public string Municipality => municipality;

    public StreamLanguages Languages => languages;

    /// <summary>When it has its heartbeat, of the hub's turns.</summary>
    public int Turn { get; set; }

    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(StreamFrame frame) => frame.Sequence <= after || TryAdd(frame.In(languages));
}
