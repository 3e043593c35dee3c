using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace MQTTnet;

/// <summary>What all transports have in common.</summary>
public interface IMqttClientChannelOptions
{
    MqttClientTlsOptions? TlsOptions { get; }
}

/// <summary>A TCP connection to a server.</summary>
public sealed class MqttClientTcpOptions : IMqttClientChannelOptions
{
    public AddressFamily AddressFamily { get; set; } = AddressFamily.Unspecified;

    /// <summary>Bytes of the socket's buffers in each direction.</summary>
    public int BufferSize { get; set; } = 8192;

    public EndPoint? LocalEndpoint { get; set; }

    public bool NoDelay { get; set; } = true;

    public ProtocolType ProtocolType { get; set; } = ProtocolType.Tcp;

    public EndPoint? RemoteEndpoint { get; set; }

    /// <summary>Opens the stream in place of a socket.</summary>
    public IMqttClientStreamProvider? StreamProvider { get; set; }

    public MqttClientTlsOptions? TlsOptions { get; set; } = new();

    public override string ToString() => RemoteEndpoint?.ToString() ?? string.Empty;
}
