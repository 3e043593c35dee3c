using System.Net;

namespace MQTTnet.Channel;

/// <summary>Opens the stream to the server in place of a socket, through a proxy for example; TLS is put on top of it.</summary>
public interface IMqttClientStreamProvider
{
    Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken);
}
