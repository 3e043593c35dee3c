using Microsoft.Extensions.Logging;

namespace SmartCity.Engine;

/// <summary>A broker without the rest of the platform. A port is null for not listening, 0 for one that the system picks.</summary>
public sealed record StandaloneBrokerOptions
{
    /// <summary>Where sessions, queued and retained messages are kept.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The address to listen on; loopback unless told otherwise.</summary>
    public required System.Net.IPAddress Address { get; init; }

    /// <summary>MQTT over TCP.</summary>
    public required int Port { get; init; }

    /// <summary>MQTT over TLS; needs a certificate.</summary>
    public int? TlsPort { get; init; }

    /// <summary>MQTT over WebSocket, path <c>/mqtt</c>.</summary>
    public int? WebSocketPort { get; init; }

    /// <summary>MQTT over WebSocket over TLS; needs a certificate.</summary>
    public int? SecureWebSocketPort { get; init; }

    /// <summary>Origins of other hosts' pages that may open a WebSocket, such as <c>https://map.example.jp</c>.</summary>
    public IReadOnlyList<string> WebSocketOrigins { get; init; } = [];

    /// <summary>PEM file with the server's certificate and its chain.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the certificate's private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The one user who may connect, with <see cref="Password"/>; null lets everybody connect.</summary>
    public string? UserName { get; init; }

    /// <summary>The password of <see cref="UserName"/>.</summary>
    public string? Password { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}

/// <summary>A running broker.</summary>
public interface IStandaloneBroker : IAsyncDisposable
{
    /// <summary>Where it listens, as URLs: <c>mqtt</c>, <c>mqtts</c>, <c>ws</c>, <c>wss</c>.</summary>
    IReadOnlyList<string> Addresses { get; }
}
