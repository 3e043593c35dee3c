using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartCity.Load.Alerts;

/// <summary>One page's stream of alerts. Not safe for several threads.</summary>
internal sealed class OpenPage
{
    // As the portal's pages ask, which know what there was when they were made; an equal part of them in each language.
    private static readonly string[] Languages = ["ja", "ja-easy,ja-Hira,ja", "en,ja", "zh-Hans,ja", "ko,ja", "pt,ja", "vi,ja"];
    private static readonly byte[] Beginning = "event: alert\n"u8.ToArray();
    private static readonly byte[] Ending = "}\n\n"u8.ToArray();
    private static readonly byte[] Heartbeat = ": still here"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _kept = [];
    private bool _isInAlert;

    /// <summary>
    /// When the end of the first alert since <see cref="Forget"/> came, as ticks of the monotonic clock; 0 for not yet, and
    /// <see cref="Unknown"/> where a heartbeat came before it was read: the kernel keeps one stamp for what it joins.
    /// </summary>
    public long At { get; private set; }

    public const long Unknown = -1;

    public static async Task<OpenPage> OpenAsync(Uri server, int number)
    {
        var page = new OpenPage();
        await page._socket.ConnectAsync(IPAddress.Loopback, server.Port);
        ArrivalStamps.TurnOn(page._socket);
        // Each from an address of its own, as residents are.
        await page._socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"GET /api/{MeasuredHost.Town}/alerts/stream?languages={Languages[number % Languages.Length]}&lastEventId=0 HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: text/event-stream\r\nX-Forwarded-For: 10.{number >> 16}.{(number >> 8) & 255}.{number & 255}\r\n\r\n")));
        await page.ReadHeadAsync();
        return page;
    }

    /// <summary>What came until now does not count.</summary>
    public void Forget()
    {
        _ = HasAlert();
        At = 0;
    }

    /// <summary>Reads what has come; does not wait.</summary>
    public bool HasAlert()
    {
        while (At == 0 && ArrivalStamps.TryReceive(_socket, out var bytes, out var at))
        {
            Look(bytes, at);
        }

        return At != 0;
    }

    private async Task ReadHeadAsync()
    {
        var input = new byte[4096];
        var length = 0;
        while (input.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var count = await _socket.ReceiveAsync(input.AsMemory(length));
            length += count > 0 ? count : throw new IOException("A stream was closed before its answer.");
        }

        if (!input.AsSpan().StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException("A stream was refused: " + Encoding.ASCII.GetString(input, 0, Math.Min(length, 200)));
        }
    }

    // Frames of the transfer coding lie between, and may split neither of the two marks in what a server writes at once.
    private void Look(ReadOnlySpan<byte> bytes, long at)
    {
        ReadOnlySpan<byte> rest = [.. _kept, .. bytes];
        while (true)
        {
            var mark = _isInAlert ? Ending : Beginning;
            var found = rest.IndexOf(mark);
            if (found < 0)
            {
                _kept = rest[^Math.Min(mark.Length - 1, rest.Length)..].ToArray();
                return;
            }

            rest = rest[(found + mark.Length)..];
            if (_isInAlert && At == 0)
            {
                At = rest.IndexOf(Heartbeat) < 0 ? at : Unknown;
            }

            _isInAlert = !_isInAlert;
        }
    }
}
