using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace MQTTnet;

public sealed partial class MqttClientOptionsBuilder
{
    private const int DefaultPort = 1883;
    private const int DefaultTlsPort = 8883;

    private MqttClientTcpOptions _tcpOptions = new();
    private MqttClientWebSocketOptions? _webSocketOptions;
    private MqttClientTlsOptions? _tlsOptions;
    private EndPoint? _endPoint;
    private int? _port;

    /// <exception cref="ArgumentException">No endpoint is set.</exception>
    /// <exception cref="NotSupportedException">An option needs version 5.</exception>
    public MqttClientOptions Build()
    {
        if (_webSocketOptions is { } webSocket)
        {
            webSocket.TlsOptions = _tlsOptions ?? webSocket.TlsOptions;
            _options.ChannelOptions = webSocket;
        }
        else
        {
            _tcpOptions.TlsOptions = _tlsOptions ?? _tcpOptions.TlsOptions ?? new MqttClientTlsOptions();
            var port = _port ?? (_tcpOptions.TlsOptions.UseTls ? DefaultTlsPort : DefaultPort);
            _tcpOptions.RemoteEndpoint ??= Complete(_endPoint, port);
            _options.ChannelOptions = _tcpOptions;
        }

        FeatureValidator.ThrowIfNotSupported(_options);
        return _options;
    }

    public MqttClientOptionsBuilder WithAddressFamily(AddressFamily addressFamily) => Set(_ => _tcpOptions.AddressFamily = addressFamily);

    /// <summary>Takes host, port and credentials from <c>mqtt://user:password@host:port</c>; also <c>mqtts</c>, <c>ws</c>, <c>wss</c>, <c>unix</c>.</summary>
    /// <exception cref="ArgumentException">The scheme is not one of those or <c>tcp</c>.</exception>
    public MqttClientOptionsBuilder WithConnectionUri(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        int? port = uri.IsDefaultPort ? null : uri.Port;
        _ = uri.Scheme switch
        {
            "tcp" or "mqtt" => WithTcpServer(uri.Host, port).WithTlsOptions(o => o.UseTls(false)),
            "mqtts" => WithTcpServer(uri.Host, port).WithTlsOptions(o => o.UseTls()),
            "ws" => WithWebSocketServer(o => o.WithUri(WithoutUser(uri))).WithTlsOptions(o => o.UseTls(false)),
            "wss" => WithWebSocketServer(o => o.WithUri(WithoutUser(uri))).WithTlsOptions(o => o.UseTls()),
            "unix" => WithEndPoint(new UnixDomainSocketEndPoint(uri.AbsolutePath))
                .WithAddressFamily(AddressFamily.Unix).WithProtocolType(ProtocolType.Unspecified).WithTlsOptions(o => o.UseTls(false)),
            _ => throw new ArgumentException("Unexpected scheme in uri.", nameof(uri)),
        };
        if (uri.UserInfo.Length == 0)
        {
            return this;
        }

        var parts = uri.UserInfo.Split(':', 2);
        return WithCredentials(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }

    public MqttClientOptionsBuilder WithConnectionUri(string uri) => WithConnectionUri(new Uri(uri, UriKind.Absolute));

    public MqttClientOptionsBuilder WithEndPoint(EndPoint endPoint)
    {
        _endPoint = endPoint ?? throw new ArgumentNullException(nameof(endPoint));
        _tcpOptions = new MqttClientTcpOptions();
        return this;
    }

    public MqttClientOptionsBuilder WithProtocolType(ProtocolType protocolType) => Set(_ => _tcpOptions.ProtocolType = protocolType);

    public MqttClientOptionsBuilder WithTcpServer(string host, int? port = null, AddressFamily addressFamily = AddressFamily.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(host);
        _port = port;
        _tcpOptions.AddressFamily = addressFamily;
        _endPoint = new DnsEndPoint(host, port ?? 0, addressFamily);
        return this;
    }

    public MqttClientOptionsBuilder WithTcpServer(Action<MqttClientTcpOptions> optionsBuilder)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        _tcpOptions = new MqttClientTcpOptions();
        optionsBuilder(_tcpOptions);
        return this;
    }

    public MqttClientOptionsBuilder WithTlsOptions(MqttClientTlsOptions tlsOptions) => Set(_ => _tlsOptions = tlsOptions);

    public MqttClientOptionsBuilder WithTlsOptions(Action<MqttClientTlsOptionsBuilder> configure)
    {
        var builder = new MqttClientTlsOptionsBuilder();
        configure(builder);
        return WithTlsOptions(builder.Build());
    }

    /// <summary>Here for upstream's sake: this client always sends whole packets at once.</summary>
    public MqttClientOptionsBuilder WithoutPacketFragmentation() => Set(o => o.AllowPacketFragmentation = false);

    public MqttClientOptionsBuilder WithStreamProvider(IMqttClientStreamProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Set(_ => _tcpOptions.StreamProvider = provider);
    }

    public MqttClientOptionsBuilder WithWebSocketServer(Action<MqttClientWebSocketOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MqttClientWebSocketOptionsBuilder();
        configure(builder);
        _webSocketOptions = builder.Build();
        return this;
    }

    private static EndPoint Complete(EndPoint? endPoint, int port) => endPoint switch
    {
        DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, port, dns.AddressFamily),
        IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, port),
        _ => endPoint ?? throw new ArgumentException("No endpoint is set.", nameof(endPoint)),
    };

    // The user goes into CONNECT, not into the HTTP request.
    private static string WithoutUser(Uri uri) => uri.UserInfo.Length == 0
        ? uri.ToString()
        : new UriBuilder(uri) { UserName = string.Empty, Password = string.Empty }.Uri.ToString();
}
