using System.Net;
using System.Net.Security;

namespace SmartCity.Embedded.Mqtt.Broker.Listening;

/// <summary>All the ports of one broker.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly BrokerCore _core;
    private readonly SslServerAuthenticationOptions? _tlsOptions;
    private Listener? _tcp;
    private Listener? _tls;
    private WebSocketListener? _webSocket;
    private WebSocketListener? _secureWebSocket;
    private Task _accepting = Task.CompletedTask;

    private Listeners(BrokerCore core)
    {
        _core = core;
        _tlsOptions = core.State.Options.Tls is { } tls ? ServerTls.Create(tls) : null;
    }

    public IPEndPoint? Tcp => _tcp?.EndPoint;

    public IPEndPoint? Tls => _tls?.EndPoint;

    public IPEndPoint? WebSocket => _webSocket?.EndPoint;

    public IPEndPoint? SecureWebSocket => _secureWebSocket?.EndPoint;

    /// <summary>Takes the ports of TCP and TLS; nobody is accepted yet.</summary>
    /// <exception cref="IOException">A port is taken or may not be used; the message names it.</exception>
    public static Listeners Bind(BrokerCore core)
    {
        var listeners = new Listeners(core);
        try
        {
            var options = core.State.Options;
            listeners._tcp = options.Port is { } port ? Listener.Open(core, port, null) : null;
            listeners._tls = options.TlsPort is { } tlsPort ? Listener.Open(core, tlsPort, listeners._tlsOptions) : null;
            return listeners;
        }
        catch
        {
            listeners._tcp?.Dispose();
            throw;
        }
    }

    /// <summary>Begins to accept; WebSockets take their ports now.</summary>
    /// <exception cref="IOException">A port is taken or may not be used; the message names it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = _core.State.Options;
        if (options.WebSocketPort is { } port)
        {
            _webSocket = await WebSocketListener.OpenAsync(_core, port, null, cancellationToken);
        }

        if (options.SecureWebSocketPort is { } securePort)
        {
            _secureWebSocket = await WebSocketListener.OpenAsync(_core, securePort, _tlsOptions, cancellationToken);
        }

        _accepting = Task.WhenAll(_tcp?.RunAsync() ?? Task.CompletedTask, _tls?.RunAsync() ?? Task.CompletedTask);
    }

    /// <summary>Frees the ports of TCP and TLS; those of WebSockets close with <see cref="DisposeAsync"/>, as they carry their connections.</summary>
    public async Task StopAcceptingAsync()
    {
        _tcp?.Dispose();
        _tls?.Dispose();
        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAcceptingAsync();
        await (_webSocket?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_secureWebSocket?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public override string ToString()
    {
        (string Name, IPEndPoint? EndPoint)[] all = [("TCP", Tcp), ("TLS", Tls), ("WebSocket", WebSocket), ("WebSocket over TLS", SecureWebSocket)];
        return string.Join(", ", all.Where(one => one.EndPoint is not null).Select(one => $"{one.EndPoint} ({one.Name})"));
    }
}
