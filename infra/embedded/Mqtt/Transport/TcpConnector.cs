using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MQTTnet;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>Opens the byte stream of a client's connection over TCP, encrypted when the options say so.</summary>
internal static class TcpConnector
{
    public static async Task<Stream> ConnectAsync(MqttClientTcpOptions options, CancellationToken cancellationToken)
    {
        var endPoint = options.RemoteEndpoint ?? throw new ArgumentException("No endpoint is set.", nameof(options));
        var stream = options.StreamProvider is { } provider
            ? await provider.ConnectAsync(endPoint, cancellationToken)
            : await OpenAsync(options, endPoint, cancellationToken);
        if (options.TlsOptions is not { UseTls: true } tls)
        {
            return stream;
        }

        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(ClientTls.Create(tls, (endPoint as DnsEndPoint)?.Host, options), cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> OpenAsync(MqttClientTcpOptions options, EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = options.AddressFamily == AddressFamily.Unspecified
            ? new Socket(SocketType.Stream, options.ProtocolType)
            : new Socket(options.AddressFamily, SocketType.Stream, options.ProtocolType);
        try
        {
            socket.NoDelay = options.NoDelay && options.ProtocolType == ProtocolType.Tcp;
            if (options.LocalEndpoint is not null)
            {
                socket.Bind(options.LocalEndpoint);
            }

            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
