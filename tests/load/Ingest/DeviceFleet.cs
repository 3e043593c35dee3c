using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

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

    public static async Task<DeviceFleet> ConnectAsync(int port, int devices, int metrics, int messagesAtOnce)
    {
        var gauges = new Gauge[devices];
        for (var index = 0; index < devices; index++)
        {
            gauges[index] = await Gauge.ConnectAsync(port, index, metrics, messagesAtOnce);
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
    public void Start(double? messagesPerSecond = null)
    {
        var every = messagesPerSecond is { } rate ? TimeSpan.FromSeconds(_gauges.Length / rate) : TimeSpan.Zero;
        _running = _gauges.Select((gauge, index) => Task.Run(() => PublishAsync(gauge, every, every * index / _gauges.Length))).ToArray();
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

    private async Task PublishAsync(Gauge gauge, TimeSpan every, TimeSpan first)
    {
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0L; !_stop.IsCancellationRequested; turn++)
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

            var messages = every > TimeSpan.Zero ? 1 : gauge.MessagesAtOnce;
            Interlocked.Add(ref _published, messages);
            await gauge.PublishAsync(messages);
            Interlocked.Add(ref _acknowledged, messages);
        }
    }

    /// <summary>One device on a bare connection: the generator must cost little.</summary>
    private sealed class Gauge : IDisposable
    {
        private static readonly string[] Metrics = ["waterLevelMetres", "rainfallMillimetres", "temperatureCelsius", "batteryVolts", "signalDecibelMilliwatts"];
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _output = new byte[16 * 1024];
        private readonly byte[] _input = new byte[4 * 1024];
        private readonly byte[] _topic;
        private readonly int _metrics;
        private ushort _identifier;
        private long _lastMicroseconds;
        private int _number;

        private Gauge(int index, int metrics, int messagesAtOnce)
        {
            _topic = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sc/v1/{IngestProcess.Town}/gauge-{index}/telemetry"));
            (_metrics, MessagesAtOnce, _number) = (metrics, messagesAtOnce, index);
        }

        public int MessagesAtOnce { get; }

        public static async Task<Gauge> ConnectAsync(int port, int index, int metrics, int messagesAtOnce)
        {
            var gauge = new Gauge(index, metrics, messagesAtOnce);
            await gauge._socket.ConnectAsync(IPAddress.Loopback, port);
            var id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"gauge-{index}"));
            // MQTT 3.1.1, clean session, a user name (any): what small devices speak.
            byte[] body = [0, 4, .. "MQTT"u8, 4, 0x82, 0, 0, 0, (byte)id.Length, .. id, 0, (byte)id.Length, .. id];
            await gauge._socket.SendAsync((byte[])[0x10, (byte)body.Length, .. body]);
            await gauge.ReceiveAsync(4);
            return gauge._input[0] == 0x20 && gauge._input[3] == 0 ? gauge : throw new InvalidOperationException("The broker refused a device.");
        }

        /// <summary>Sends messages in one write and waits for all their acknowledgements.</summary>
        public async Task PublishAsync(int messages)
        {
            var length = 0;
            for (var message = 0; message < messages; message++)
            {
                length += Write(_output.AsSpan(length));
            }

            for (var sent = 0; sent < length;)
            {
                sent += await _socket.SendAsync(_output.AsMemory(sent, length - sent));
            }

            await ReceiveAsync(4 * messages);
        }

        public void Dispose() => _socket.Dispose();

        private async Task ReceiveAsync(int bytes)
        {
            while (bytes > 0)
            {
                var count = await _socket.ReceiveAsync(_input.AsMemory(0, Math.Min(bytes, _input.Length)));
                bytes -= count > 0 ? count : throw new IOException("The broker closed a device's connection.");
            }
        }

        // Two bytes of remaining length always: 128 to 16,383.
        private int Write(Span<byte> target)
        {
            _identifier = (ushort)(_identifier == ushort.MaxValue ? 1 : _identifier + 1);
            target[0] = 0x32;
            target[3] = 0;
            target[4] = (byte)_topic.Length;
            _topic.CopyTo(target[5..]);
            var position = 5 + _topic.Length;
            target[position++] = (byte)(_identifier >> 8);
            target[position++] = (byte)_identifier;
            position += WritePayload(target[position..]);
            var remaining = position - 3;
            target[1] = (byte)((remaining & 0x7F) | 0x80);
            target[2] = (byte)(remaining >> 7);
            return position;
        }

        private int WritePayload(Span<byte> target)
        {
            var now = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
            _lastMicroseconds = Math.Max(now, _lastMicroseconds + 1);
            var at = DateTime.UnixEpoch.AddTicks(_lastMicroseconds * TimeSpan.TicksPerMicrosecond);
            System.Text.Unicode.Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"{{\"t\":\"{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"", out var written);
            _number++;
            for (var metric = 0; metric < _metrics; metric++)
            {
                // A value with two decimals that moves a little, as sensors give them.
                var value = 1 + metric + (_number % 97 / 100.0);
                System.Text.Unicode.Utf8.TryWrite(target[written..], CultureInfo.InvariantCulture, $",\"{Metrics[metric]}\":{value:0.00}", out var more);
                written += more;
            }

            target[written++] = (byte)'}';
            return written;
        }
    }
}
