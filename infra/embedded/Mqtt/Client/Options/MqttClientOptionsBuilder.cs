using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>Builds <see cref="MqttClientOptions"/>: the connection. The last will is in the other part.</summary>
public sealed partial class MqttClientOptionsBuilder
{
    private const int DefaultPort = 1883;
    private const int DefaultTlsPort = 8883;

    private readonly MqttClientOptions _options = new();
    private MqttClientTcpOptions _tcpOptions = new();
    private MqttClientTlsOptions? _tlsOptions;
    private EndPoint? _endPoint;
    private int? _port;

    /// <exception cref="ArgumentException">No endpoint is set.</exception>
    /// <exception cref="NotSupportedException">An option needs version 5.</exception>
    public MqttClientOptions Build()
    {
        _tcpOptions.TlsOptions = _tlsOptions ?? new MqttClientTlsOptions();
        var port = _port ?? (_tcpOptions.TlsOptions.UseTls ? DefaultTlsPort : DefaultPort);
        _tcpOptions.RemoteEndpoint ??= Complete(_endPoint, port);
        _options.ChannelOptions = _tcpOptions;
        FeatureValidator.ThrowIfNotSupported(_options);
        return _options;
    }

    public MqttClientOptionsBuilder WithAddressFamily(AddressFamily addressFamily) => Set(_ => _tcpOptions.AddressFamily = addressFamily);

    public MqttClientOptionsBuilder WithCleanSession(bool value = true) => Set(o => o.CleanSession = value);

    public MqttClientOptionsBuilder WithCleanStart(bool value = true) => Set(o => o.CleanSession = value);

    public MqttClientOptionsBuilder WithClientId(string value) => Set(o => o.ClientId = value);

    /// <summary>Takes host, port and credentials from <c>mqtt://user:password@host:port</c> or <c>mqtts://</c>.</summary>
    /// <exception cref="ArgumentException">The scheme is not one of <c>mqtt</c>, <c>tcp</c>, <c>mqtts</c>.</exception>
    public MqttClientOptionsBuilder WithConnectionUri(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var useTls = uri.Scheme switch
        {
            "tcp" or "mqtt" => false,
            "mqtts" => true,
            _ => throw new ArgumentException("Unexpected scheme in uri.", nameof(uri)),
        };
        WithTcpServer(uri.Host, uri.IsDefaultPort ? null : uri.Port).WithTlsOptions(o => o.UseTls(useTls));
        if (uri.UserInfo.Length == 0)
        {
            return this;
        }

        var parts = uri.UserInfo.Split(':', 2);
        return WithCredentials(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }

    public MqttClientOptionsBuilder WithConnectionUri(string uri) => WithConnectionUri(new Uri(uri, UriKind.Absolute));

    public MqttClientOptionsBuilder WithCredentials(string? username, string? password)
        => WithCredentials(username, password is null ? null : Encoding.UTF8.GetBytes(password));

    public MqttClientOptionsBuilder WithCredentials(string? username, byte[]? password = null)
        => WithCredentials(new MqttClientCredentials(username, password));

    public MqttClientOptionsBuilder WithCredentials(IMqttClientCredentialsProvider? credentials) => Set(o => o.Credentials = credentials);

    public MqttClientOptionsBuilder WithEndPoint(EndPoint endPoint)
    {
        _endPoint = endPoint ?? throw new ArgumentNullException(nameof(endPoint));
        _tcpOptions = new MqttClientTcpOptions();
        return this;
    }

    public MqttClientOptionsBuilder WithKeepAlivePeriod(TimeSpan value) => Set(o => o.KeepAlivePeriod = value);

    public MqttClientOptionsBuilder WithMaximumPacketSize(uint maximumPacketSize) => Set(o => o.MaximumPacketSize = maximumPacketSize);

    public MqttClientOptionsBuilder WithNoKeepAlive() => WithKeepAlivePeriod(TimeSpan.Zero);

    public MqttClientOptionsBuilder WithProtocolType(ProtocolType protocolType) => Set(_ => _tcpOptions.ProtocolType = protocolType);

    public MqttClientOptionsBuilder WithProtocolVersion(MqttProtocolVersion value)
        => value == MqttProtocolVersion.Unknown
            ? throw new NotSupportedException("Protocol version is invalid.")
            : Set(o => o.ProtocolVersion = value);

    public MqttClientOptionsBuilder WithReceiveMaximum(ushort receiveMaximum) => Set(o => o.ReceiveMaximum = receiveMaximum);

    public MqttClientOptionsBuilder WithRequestProblemInformation(bool requestProblemInformation = true)
        => Set(o => o.RequestProblemInformation = requestProblemInformation);

    public MqttClientOptionsBuilder WithRequestResponseInformation(bool requestResponseInformation = true)
        => Set(o => o.RequestResponseInformation = requestResponseInformation);

    /// <param name="sessionExpiryInterval">Seconds; <see cref="uint.MaxValue"/> means never.</param>
    public MqttClientOptionsBuilder WithSessionExpiryInterval(uint sessionExpiryInterval)
        => Set(o => o.SessionExpiryInterval = sessionExpiryInterval);

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

    public MqttClientOptionsBuilder WithTimeout(TimeSpan value) => Set(o => o.Timeout = value);

    public MqttClientOptionsBuilder WithTlsOptions(MqttClientTlsOptions tlsOptions) => Set(_ => _tlsOptions = tlsOptions);

    public MqttClientOptionsBuilder WithTlsOptions(Action<MqttClientTlsOptionsBuilder> configure)
    {
        var builder = new MqttClientTlsOptionsBuilder();
        configure(builder);
        return WithTlsOptions(builder.Build());
    }

    public MqttClientOptionsBuilder WithTopicAliasMaximum(ushort topicAliasMaximum) => Set(o => o.TopicAliasMaximum = topicAliasMaximum);

    public MqttClientOptionsBuilder WithTryPrivate(bool value = true) => Set(o => o.TryPrivate = value);

    [Obsolete("Please use more performance `WithUserProperty` with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttClientOptionsBuilder WithUserProperty(string name, string value)
        => WithUserProperty(name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value)));

    public MqttClientOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
        => Set(o => (o.UserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithUserProperty(string name, ArraySegment<byte> value)
        => WithUserProperty(name, (ReadOnlyMemory<byte>)value);

    private static EndPoint Complete(EndPoint? endPoint, int port) => endPoint switch
    {
        DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, port, dns.AddressFamily),
        IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, port),
        _ => endPoint ?? throw new ArgumentException("No endpoint is set.", nameof(endPoint)),
    };

    private MqttClientOptionsBuilder Set(Action<MqttClientOptions> change)
    {
        change(_options);
        return this;
    }
}
