using System.Diagnostics;

namespace SmartCity.Load.Ingest;

/// <summary>
/// Devices that publish at QoS 1, each on a connection of its own. A device sends a few messages at a time and goes on when
/// the broker has acknowledged them; with a rate it also waits for its next turn, and with a limit for the store.
/// </summary>
internal sealed class DeviceFleet : IAsyncDisposable
{
    private readonly Gauge[] _gauges;
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource _room = NewRoom();
    private Task[] _running = [];
    private long _stored;
    private long _mostAhead = long.MaxValue;
    private long _published;
    private long _acknowledged;

    private DeviceFleet(Gauge[] gauges) => _gauges = gauges;

    public bool IsStopped => _stop.IsCancellationRequested;

    public long Published => Interlocked.Read(ref _published);

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public static async Task<DeviceFleet> ConnectAsync(int port, FleetShape shape)
    {
        var gauges = new Gauge[shape.Devices / shape.DevicesOnAConnection];
        for (var index = 0; index < gauges.Length; index++)
        {
            gauges[index] = await Gauge.ConnectAsync(port, shape, shape.FirstDevice + (index * shape.DevicesOnAConnection));
        }

        return new DeviceFleet(gauges);
    }

    /// <summary>From now on the fleet is at most so far ahead of the store: what is measured then is what the whole path takes, not a queue.</summary>
    public void StayWithin(long messages) => _mostAhead = messages;

    /// <summary>What the store has so far.</summary>
    public void SetStored(long messages)
    {
        Interlocked.Exchange(ref _stored, messages);
        Interlocked.Exchange(ref _room, NewRoom()).TrySetResult();
    }

    /// <param name="messagesPerSecond">Of all devices together, or null for as many as are acknowledged.</param>
    /// <param name="messagesOnAConnection">After which it ends by itself.</param>
    public void Start(double? messagesPerSecond = null, long messagesOnAConnection = long.MaxValue)
    {
        var every = messagesPerSecond is { } rate ? TimeSpan.FromSeconds(_gauges.Length * _gauges[0].MessagesAtOnce / rate) : TimeSpan.Zero;
        _running = _gauges.Select((gauge, index) => Task.Run(() => PublishAsync(gauge, every, every * index / _gauges.Length, messagesOnAConnection))).ToArray();
    }

    /// <summary>Ends after what is under way was acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var gauge in _gauges)
        {
            gauge.Dispose();
        }

        _stop.Dispose();
    }

    private static TaskCompletionSource NewRoom() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task PublishAsync(Gauge gauge, TimeSpan every, TimeSpan first, long most)
    {
        var start = Stopwatch.GetTimestamp();
        var sent = 0L;
        for (var turn = 0L; sent < most && !_stop.IsCancellationRequested; turn++)
        {
            if (every > TimeSpan.Zero && first + (every * turn) - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_stop.IsCancellationRequested)
                {
                    return;
                }
            }

            while (Published - Interlocked.Read(ref _stored) >= _mostAhead && !_stop.IsCancellationRequested)
            {
                await _room.Task.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var messages = (int)Math.Min(gauge.MessagesAtOnce, most - sent);
            sent += messages;
            Interlocked.Add(ref _published, messages);
            await gauge.PublishAsync(messages);
            Interlocked.Add(ref _acknowledged, messages);
        }
    }
}
