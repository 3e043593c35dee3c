using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartCity.Load.Relay;

/// <summary>
/// A bare MQTT client on a blocking socket: the generator must cost far less than the brokers it measures, and must be
/// the same for all of them.
/// </summary>
internal sealed class RawMqtt : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _input = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RawMqtt(bool isVersion5) => IsVersion5 = isVersion5;

    public bool IsVersion5 { get; }

    public static RawMqtt Connect(int port, string clientId, bool isVersion5)
    {
        var client = new RawMqtt(isVersion5);
        client._socket.Connect(IPAddress.Loopback, port);
        client._socket.ReceiveTimeout = client._socket.SendTimeout = 10_000;
        var id = Encoding.UTF8.GetBytes(clientId);
        // Clean start, no keep-alive; version 5 has an empty property list before the client identifier.
        byte[] body = [0, 4, .. "MQTT"u8, (byte)(isVersion5 ? 5 : 4), 2, 0, 0, .. isVersion5 ? new byte[] { 0 } : [], 0, (byte)id.Length, .. id];
        client.Send([0x10, (byte)body.Length, .. body]);
        client.Expect(0x20);
        return client;
    }

    public void Subscribe(string filter, byte qualityOfService)
    {
        var topic = Encoding.UTF8.GetBytes(filter);
        byte[] body = [0, 1, .. IsVersion5 ? new byte[] { 0 } : [], 0, (byte)topic.Length, .. topic, qualityOfService];
        Send([0x82, (byte)body.Length, .. body]);
        Expect(0x90);
    }

    /// <summary>One PUBLISH; the payload, and the packet identifier where there is one, are filled in later.</summary>
    public static byte[] Publish(string topic, int payloadBytes, byte qualityOfService, bool isVersion5, out int identifierOffset, out int payloadOffset)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var length = 2 + name.Length + (qualityOfService > 0 ? 2 : 0) + (isVersion5 ? 1 : 0) + payloadBytes;
        byte[] header = length < 128 ? [(byte)length] : [(byte)(length | 0x80), (byte)(length >> 7)];
        identifierOffset = 1 + header.Length + 2 + name.Length;
        payloadOffset = 1 + header.Length + length - payloadBytes;
        byte[] packet = [(byte)(0x30 | (qualityOfService << 1)), .. header, 0, (byte)name.Length, .. name];
        Array.Resize(ref packet, payloadOffset + payloadBytes);
        return packet;
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>The next packet: its first byte and its body. Waits when none is there.</summary>
    public byte Read(out ReadOnlySpan<byte> body)
    {
        byte header;
        while (!TryRead(out header, out body))
        {
            Fill();
        }

        return header;
    }

    /// <summary>The next packet if it has already arrived.</summary>
    public bool TryRead(out byte header, out ReadOnlySpan<byte> body)
    {
        header = 0;
        body = default;
        var length = 0;
        for (var index = 1; index <= 4 && _start + index < _end; index++)
        {
            var part = _input[_start + index];
            length |= (part & 0x7F) << (7 * (index - 1));
            if (part < 0x80)
            {
                if (_end - _start < 1 + index + length)
                {
                    return false;
                }

                header = _input[_start];
                body = _input.AsSpan(_start + 1 + index, length);
                _start += 1 + index + length;
                return true;
            }
        }

        return false;
    }

    public static ushort Identifier(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>An idle client needs no buffer.</summary>
    public void ReleaseBuffer() => _input = [];

    public void Shutdown() => _socket.Shutdown(SocketShutdown.Both);

    public void Dispose() => _socket.Dispose();

    private void Expect(byte header)
    {
        var actual = Read(out var body);
        // The reason code: the second byte of CONNACK, the last of SUBACK (128 and above refuse).
        if (actual != header || (header == 0x20 ? body[1] : body[^1]) >= 0x80 || (header == 0x20 && body[1] != 0))
        {
            throw new InvalidOperationException($"The broker refused: packet 0x{actual:X2}, {Convert.ToHexString(body)}.");
        }
    }

    private void Fill()
    {
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        if (_end == _input.Length)
        {
            Array.Resize(ref _input, 256 * 1024);
        }

        var count = _socket.Receive(_input.AsSpan(_end));
        if (count == 0)
        {
            throw new IOException("The broker closed the connection.");
        }

        _end += count;
    }
}
