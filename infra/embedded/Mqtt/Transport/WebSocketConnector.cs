using System.Net;
using System.Net.WebSockets;
using MQTTnet;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>Opens the byte stream of a client's connection over WebSocket (MQTT 5.0, section 6).</summary>
internal static class WebSocketConnector
{
    public static async Task<Stream> ConnectAsync(MqttClientWebSocketOptions options, CancellationToken cancellationToken)
    {
        var uri = new Uri(options.Uri ?? throw new ArgumentException("No URI is set.", nameof(options)), UriKind.Absolute);
        var socket = new ClientWebSocket();
        using var handler = Handler(options, uri);
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        try
        {
            socket.Options.KeepAliveInterval = options.KeepAliveInterval;
            socket.Options.DangerousDeflateOptions = options.DangerousDeflateOptions;
            foreach (var subprotocol in options.SubProtocols ?? [])
            {
                socket.Options.AddSubProtocol(subprotocol);
            }

            foreach (var (name, value) in options.RequestHeaders ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                socket.Options.SetRequestHeader(name, value);
            }

            await socket.ConnectAsync(uri, invoker, cancellationToken);
            return new BinaryWebSocketStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The socket's own options know nothing of trust stores, so what concerns HTTP is on the handler.
    private static SocketsHttpHandler Handler(MqttClientWebSocketOptions options, Uri uri)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = options.CookieContainer is not null,
            UseProxy = options.ProxyOptions is { Address.Length: > 0 },
            Credentials = options.UseDefaultCredentials ? CredentialCache.DefaultCredentials : options.Credentials,
        };
        if (options.CookieContainer is { } cookies)
        {
            handler.CookieContainer = cookies;
        }

        if (options.ProxyOptions is { Address.Length: > 0 } proxy)
        {
            handler.Proxy = Proxy(proxy, proxy.Address);
        }

        if (options.TlsOptions is { } tls && uri.Scheme == Uri.UriSchemeWss)
        {
            handler.SslOptions = ClientTls.Create(tls, uri.Host, options);
        }

        return handler;
    }

    private static WebProxy Proxy(MqttClientWebSocketProxyOptions options, string address)
    {
        var proxy = new WebProxy(new Uri(address, UriKind.Absolute), options.BypassOnLocal, options.BypassList ?? []);
        if (options.Username is { Length: > 0 } userName && options.Password is { Length: > 0 } password)
        {
            proxy.Credentials = new NetworkCredential(userName, password, options.Domain);
        }

        if (options.UseDefaultCredentials)
        {
            proxy.UseDefaultCredentials = true;
        }

        return proxy;
    }
}
