using System.Net;
using System.Net.WebSockets;

namespace MQTTnet;

/// <summary>Builds <see cref="MqttClientWebSocketOptions"/>.</summary>
public sealed class MqttClientWebSocketOptionsBuilder
{
    private readonly MqttClientWebSocketOptions _options = new();

    public MqttClientWebSocketOptions Build() => _options;

    public MqttClientWebSocketOptionsBuilder WithCookieContainer(CookieContainer cookieContainer) => Set(o => o.CookieContainer = cookieContainer);

    /// <summary>Sets the credentials; the name is upstream's.</summary>
    public MqttClientWebSocketOptionsBuilder WithCookieContainer(ICredentials credentials) => Set(o => o.Credentials = credentials);

    public MqttClientWebSocketOptionsBuilder WithDangerousDeflateOptions(WebSocketDeflateOptions dangerousDeflateOptions)
        => Set(o => o.DangerousDeflateOptions = dangerousDeflateOptions);

    public MqttClientWebSocketOptionsBuilder WithKeepAliveInterval(TimeSpan keepAliveInterval) => Set(o => o.KeepAliveInterval = keepAliveInterval);

    public MqttClientWebSocketOptionsBuilder WithProxyOptions(MqttClientWebSocketProxyOptions proxyOptions) => Set(o => o.ProxyOptions = proxyOptions);

    public MqttClientWebSocketOptionsBuilder WithProxyOptions(Action<MqttClientWebSocketProxyOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MqttClientWebSocketProxyOptionsBuilder();
        configure(builder);
        return WithProxyOptions(builder.Build());
    }

    public MqttClientWebSocketOptionsBuilder WithRequestHeaders(IDictionary<string, string> requestHeaders) => Set(o => o.RequestHeaders = requestHeaders);

    public MqttClientWebSocketOptionsBuilder WithSubProtocols(ICollection<string> subProtocols) => Set(o => o.SubProtocols = subProtocols);

    /// <exception cref="ArgumentException">The scheme is neither <c>ws</c> nor <c>wss</c>.</exception>
    public MqttClientWebSocketOptionsBuilder WithUri(string uri)
        => new Uri(uri, UriKind.Absolute).Scheme is "ws" or "wss"
            ? Set(o => o.Uri = uri)
            : throw new ArgumentException("The scheme of the WebSocket Uri must be ws or wss.", nameof(uri));

    public MqttClientWebSocketOptionsBuilder WithUseDefaultCredentials(bool useDefaultCredentials = true)
        => Set(o => o.UseDefaultCredentials = useDefaultCredentials);

    private MqttClientWebSocketOptionsBuilder Set(Action<MqttClientWebSocketOptions> change)
    {
        change(_options);
        return this;
    }
}

/// <summary>Builds <see cref="MqttClientWebSocketProxyOptions"/>.</summary>
public sealed class MqttClientWebSocketProxyOptionsBuilder
{
    private readonly MqttClientWebSocketProxyOptions _options = new();

    public MqttClientWebSocketProxyOptions Build() => _options;

    public MqttClientWebSocketProxyOptionsBuilder WithAddress(string address) => Set(o => o.Address = address);

    public MqttClientWebSocketProxyOptionsBuilder WithBypassList(string[] bypassList) => Set(o => o.BypassList = bypassList);

    public MqttClientWebSocketProxyOptionsBuilder WithBypassList(IEnumerable<string> bypassList) => WithBypassList(bypassList.ToArray());

    public MqttClientWebSocketProxyOptionsBuilder WithBypassOnLocal(bool bypassOnLocal = true) => Set(o => o.BypassOnLocal = bypassOnLocal);

    public MqttClientWebSocketProxyOptionsBuilder WithDomain(string domain) => Set(o => o.Domain = domain);

    public MqttClientWebSocketProxyOptionsBuilder WithPassword(string password) => Set(o => o.Password = password);

    public MqttClientWebSocketProxyOptionsBuilder WithUseDefaultCredentials(bool useDefaultCredentials = true)
        => Set(o => o.UseDefaultCredentials = useDefaultCredentials);

    public MqttClientWebSocketProxyOptionsBuilder WithUsername(string username) => Set(o => o.Username = username);

    private MqttClientWebSocketProxyOptionsBuilder Set(Action<MqttClientWebSocketProxyOptions> change)
    {
        change(_options);
        return this;
    }
}
