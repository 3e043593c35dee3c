using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace SmartCity.Load.Ingest;

/// <summary>One device, or a gateway with some, on a bare connection: the generator must cost little.</summary>
internal sealed class Gauge : IDisposable
{
    private static readonly string[] Metrics = ["waterLevelMetres", "rainfallMillimetres", "temperatureCelsius", "batteryVolts", "signalDecibelMilliwatts"];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _output = new byte[16 * 1024];
    private readonly byte[] _input = new byte[4 * 1024];
    private readonly byte[][] _topics;
    private readonly long[] _lastMicroseconds;
    private readonly FleetShape _shape;
    private ushort _identifier;
    private int _number;
    private int _turn;

    private Gauge(FleetShape shape, int first)
    {
        _shape = shape;
        _number = first;
        _topics = [.. Enumerable.Range(first, shape.DevicesOnAConnection).Select(device =>
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sc/v1/{IngestProcess.Town}/gauge-{device}/telemetry")))];
        _lastMicroseconds = new long[_topics.Length];
        Array.Fill(_lastMicroseconds, shape.Begin is { } begin ? Microseconds(begin.UtcDateTime - shape.Step) : 0);
    }

    public int MessagesAtOnce => _shape.MessagesAtOnce;

    public static async Task<Gauge> ConnectAsync(int port, FleetShape shape, int first)
    {
        var gauge = new Gauge(shape, first);
        await gauge._socket.ConnectAsync(IPAddress.Loopback, port);
        var name = string.Create(CultureInfo.InvariantCulture, $"gauge-{first}");
        var (user, password) = shape.Credentials?.Invoke(name) ?? (name, "any");
        // MQTT 3.1.1, clean session, a user name and a password: what small devices speak.
        byte[] body = [0, 4, .. "MQTT"u8, 4, 0xC2, 0, 0, .. Text(name), .. Text(user), .. Text(password)];
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

    private static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static long Microseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private async Task ReceiveAsync(int bytes)
    {
        while (bytes > 0)
        {
            var count = await _socket.ReceiveAsync(_input.AsMemory(0, Math.Min(bytes, _input.Length)));
            bytes -= count > 0 ? count : throw new IOException("The broker closed a device's connection.");
        }
    }

    private int Write(Span<byte> target)
    {
        var device = _turn;
        _turn = (_turn + 1) % _topics.Length;
        var topic = _topics[device];
        _identifier = (ushort)(_identifier == ushort.MaxValue ? 1 : _identifier + 1);
        // Behind room for a remaining length of two bytes.
        var body = target[3..];
        body[0] = 0;
        body[1] = (byte)topic.Length;
        topic.CopyTo(body[2..]);
        var length = 2 + topic.Length;
        body[length++] = (byte)(_identifier >> 8);
        body[length++] = (byte)_identifier;
        length += WritePayload(body[length..], device);
        target[0] = 0x32;
        if (length < 128)
        {
            target[1] = (byte)length;
            body[..length].CopyTo(target[2..]);
            return 2 + length;
        }

        target[1] = (byte)((length & 0x7F) | 0x80);
        target[2] = (byte)(length >> 7);
        return 3 + length;
    }

    private int WritePayload(Span<byte> target, int device)
    {
        ref var last = ref _lastMicroseconds[device];
        last = _shape.Begin is null ? Math.Max(Microseconds(DateTime.UtcNow), last + 1) : last + (long)_shape.Step.TotalMicroseconds;
        var at = DateTime.UnixEpoch.AddTicks(last * TimeSpan.TicksPerMicrosecond);
        Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"{{\"t\":\"{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"", out var written);
        _number++;
        for (var metric = 0; metric < _shape.Metrics; metric++)
        {
            // A value with two decimals that moves a little, as sensors give them.
            var value = _shape.Crosses ? (_number % 2 == 0 ? 40 : 10) : 1 + metric + (_number % 97 / 100.0);
            Utf8.TryWrite(target[written..], CultureInfo.InvariantCulture, $",\"{Metrics[metric]}\":{value:0.00}", out var more);
            written += more;
        }

        target[written++] = (byte)'}';
        return written;
    }
}
