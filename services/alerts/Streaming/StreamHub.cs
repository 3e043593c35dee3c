using SmartCity.ServiceDefaults.Streaming;

namespace SmartCity.Alerts.Streaming;

/// <summary>The open streams of one process with the alerts in force, all at one position of the message sequence.</summary>
public sealed class StreamHub(AlertMetrics metrics, TimeProvider clock)
{
    /// <summary>Into how many parts the streams are divided for their heartbeats.</summary>
    public const int Turns = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TownStreams> _towns = new(StringComparer.Ordinal);
    private long _position;
    private bool _closed;
    private int _turn;
    private int _opened;

    /// <summary>Everything up to this sequence was sent to every open stream.</summary>
    public long Position
    {
        get
        {
            lock (_gate)
            {
                return _position;
            }
        }
    }

    /// <summary>Adds a stream. What comes later than it was told is queued for it; nothing before is.</summary>
    public StreamStart Open(StreamSubscriber subscriber)
    {
        metrics.StreamOpened();
        lock (_gate)
        {
            if (_closed)
            {
                subscriber.Complete();
            }

            var town = TownOf(subscriber.Municipality);
            subscriber.Turn = _opened++ & (Turns - 1);
            town.Subscribers.Add(subscriber);
            var now = clock.GetUtcNow();
            return new StreamStart(town.Newest, [.. town.InForce.Values.Where(frame => frame.Expires > now).OrderBy(frame => frame.Sequence)]);
        }
    }

    public void Close(StreamSubscriber subscriber)
    {
        metrics.StreamClosed();
        lock (_gate)
        {
            TownOf(subscriber.Municipality).Subscribers.Remove(subscriber);
        }
    }

    /// <summary>Open streams of a town.</summary>
    public int CountOf(string municipality)
    {
        lock (_gate)
        {
            return _towns.TryGetValue(municipality, out var town) ? town.Subscribers.Count : 0;
        }
    }

    /// <summary>Takes the next message in sequence order.</summary>
    public void Send(string municipality, StreamFrame frame)
    {
        List<StreamSubscriber> slow;
        List<StreamSubscriber> all;
        lock (_gate)
        {
            _position = frame.Sequence;
            var town = TownOf(municipality);
            town.Take(frame, clock.GetUtcNow());
            all = [.. town.Subscribers];
            slow = [.. all.Where(subscriber => !subscriber.TryAdd(frame))];
        }

        StreamCrowd.Write(all);
        foreach (var subscriber in slow)
        {
            metrics.SlowClientClosed();
            subscriber.Abort();
        }
    }

    /// <summary>
    /// Keeps some of the streams busy: all of them over as many calls as there are <see cref="Turns"/>. Twenty thousand at once
    /// would each hold a block of memory at the same moment.
    /// </summary>
    public void SendHeartbeat()
    {
        List<StreamSubscriber> some;
        lock (_gate)
        {
            _turn = (_turn + 1) % Turns;
            // A stream for which something waits needs none: there is enough to send.
            some = [.. _towns.Values.SelectMany(town => town.Subscribers).Where(subscriber => subscriber.Turn == _turn && subscriber.Waiting == 0)];
            some.ForEach(subscriber => subscriber.TryAdd(EventStream.Heartbeat));
        }

        StreamCrowd.Write(some);
    }

    /// <summary>Ends every stream, so that the process can stop; the clients come back by id.</summary>
    public void CloseAll()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var subscriber in _towns.Values.SelectMany(town => town.Subscribers))
            {
                subscriber.Complete();
            }
        }
    }

    private TownStreams TownOf(string municipality)
    {
        if (!_towns.TryGetValue(municipality, out var town))
        {
            _towns[municipality] = town = new TownStreams();
        }

        return town;
    }

    private sealed class TownStreams
    {
        public HashSet<StreamSubscriber> Subscribers { get; } = [];

        public Dictionary<string, StreamFrame> InForce { get; } = new(StringComparer.Ordinal);

        /// <summary>Sequence of the town's newest message; 0 for none.</summary>
        public long Newest { get; private set; }

        public void Take(StreamFrame frame, DateTimeOffset now)
        {
            Newest = frame.Sequence;
            foreach (var expired in InForce.Values.Where(old => old.Expires <= now).ToList())
            {
                InForce.Remove(expired.AlertId);
            }

            if (frame.EndsAlert)
            {
                InForce.Remove(frame.AlertId);
            }
            else
            {
                InForce[frame.AlertId] = frame;
            }
        }
    }
}

/// <summary>Where a new stream begins.</summary>
/// <param name="Newest">The newest sequence of the town, which <paramref name="InForce"/> takes into account: from there a client goes on.</param>
/// <param name="InForce">The newest message of every alert in force, in sequence order.</param>
public sealed record StreamStart(long Newest, IReadOnlyList<StreamFrame> InForce);
