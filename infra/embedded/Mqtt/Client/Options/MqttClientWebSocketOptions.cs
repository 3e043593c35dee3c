using System.Net;
using System.Net.WebSockets;

namespace MQTTnet;

/// <summary>A WebSocket connection to a server (MQTT 5.0, section 6).</summary>
public sealed class MqttClientWebSocketOptions : IMqttClientChannelOptions
{
    public CookieContainer? CookieContainer { get; set; }

    public ICredentials? Credentials { get; set; }

    /// <summary>Compression; dangerous where secrets and what others choose share a connection.</summary>
    public WebSocketDeflateOptions? DangerousDeflateOptions { get; set; }

    /// <summary>Interval of WebSocket pings; MQTT has its own keep-alive.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = WebSocket.DefaultKeepAliveInterval;

    public MqttClientWebSocketProxyOptions? ProxyOptions { get; set; }

    public IDictionary<string, string>? RequestHeaders { get; set; }

    public ICollection<string>? SubProtocols { get; set; } = ["mqtt"];

    public MqttClientTlsOptions? TlsOptions { get; set; } = new();

    /// <summary>With the scheme <c>ws</c> or <c>wss</c>, and the path, which is <c>/mqtt</c> by custom.</summary>
    public string? Uri { get; set; }

    public bool UseDefaultCredentials { get; set; }

    public override string ToString() => Uri ?? string.Empty;
}

/// <summary>An HTTP proxy on the way to a WebSocket.</summary>
public sealed class MqttClientWebSocketProxyOptions
{
    public string? Address { get; set; }

    public string[]? BypassList { get; set; }

    public bool BypassOnLocal { get; set; }

    public string? Domain { get; set; }

    public string? Password { get; set; }

    public bool UseDefaultCredentials { get; set; }

    public string? Username { get; set; }
}
