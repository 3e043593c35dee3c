using System.Threading.Channels;

namespace SmartCity.Telemetry.Streaming;

/// <summary>One open stream: what waits for it, in bounded memory.</summary>
internal sealed class LiveClient(string municipality, LiveFilter filter, int queueReadings)
{
    private readonly Lock _gate = new();
    private readonly ConflatingBuffer _waiting = new(queueReadings);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public string Municipality => municipality;

    /// <summary>Never waits, however slow the client is.</summary>
    public void Send(IReadOnlyList<LiveReading> readings)
    {
        var isNew = false;
        lock (_gate)
        {
            foreach (var reading in readings)
            {
                if (filter.Takes(reading))
                {
                    _waiting.Add(reading);
                    isNew = true;
                }
            }
        }

        if (isNew)
        {
            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Something is to be sent, if only a heartbeat.</summary>
    public void Beat() => _wake.Writer.TryWrite(true);

    /// <summary>Ends the stream after what waits.</summary>
    public void Complete() => _wake.Writer.TryComplete();

    /// <returns>False when the stream is to end.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _wake.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>What waits; nothing when it is time for a heartbeat.</summary>
    public (IReadOnlyList<LiveReading> Readings, long Conflated) Take()
    {
        // First, so that what comes meanwhile wakes again.
        _wake.Reader.TryRead(out _);
        lock (_gate)
        {
            return _waiting.Take();
        }
    }
}
