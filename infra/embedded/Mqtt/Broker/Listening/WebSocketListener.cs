using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Transport;

namespace SmartCity.Embedded.Mqtt.Broker.Listening;

/// <summary>Accepts MQTT over WebSocket (MQTT 5.0 and 3.1.1, section 6) on a small HTTP server of its own.</summary>
internal sealed class WebSocketListener : IAsyncDisposable
{
    /// <summary>The only subprotocol of both versions of MQTT.</summary>
    private const string Subprotocol = "mqtt";

    // The guard's time is the one that counts; the server's own timer takes no endless one.
    private static readonly TimeSpan NoTimeout = TimeSpan.FromDays(1);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly BrokerCore _core;
    private readonly WebApplication _server;
    private ListenOptions? _listening;

    private WebSocketListener(BrokerCore core, int port, SslServerAuthenticationOptions? tls)
    {
        _core = core;
        // The empty builder reads no settings: neither environment nor files can open further ports.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(core.State.Options.ListenAddress, port, listening => Configure(listening, tls));
        });
        _server = builder.Build();
        _server.UseWebSockets();
        _server.Run(HandleAsync);
    }

    public IPEndPoint EndPoint => _listening!.IPEndPoint!;

    /// <exception cref="IOException">The port is taken or may not be used; the message names it.</exception>
    public static async Task<WebSocketListener> OpenAsync(
        BrokerCore core, int port, SslServerAuthenticationOptions? tls, CancellationToken cancellationToken)
    {
        var listener = new WebSocketListener(core, port, tls);
        try
        {
            await listener._server.StartAsync(cancellationToken);
            return listener;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            await listener._server.DisposeAsync();
            var isInUse = exception is AddressInUseException || exception.InnerException is AddressInUseException;
            throw Listener.CannotListen(new IPEndPoint(core.State.Options.ListenAddress, port), isInUse, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The MQTT connections are closed by now; a handshake in the middle is cut off.
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _server.StopAsync(timeout.Token);
        await _server.DisposeAsync();
    }

    private void Configure(ListenOptions listening, SslServerAuthenticationOptions? tls)
    {
        _listening = listening;
        listening.Protocols = HttpProtocols.Http1;
        listening.Use(next => context => HandshakeGuard.RunAsync(_core, context, next));
        if (tls is not null)
        {
            listening.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = NoTimeout,
                OnConnection = _ => ValueTask.FromResult(tls),
            });
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (!string.Equals(context.Request.Path, _core.State.Options.WebSocketPath, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!IsAllowedOrigin(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol, StringComparer.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Only WebSockets with the subprotocol \"mqtt\" are served here.", context.RequestAborted);
            return;
        }

        // MQTT has a keep-alive of its own.
        using var socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { SubProtocol = Subprotocol, KeepAliveInterval = TimeSpan.Zero });
        await RunAsync(socket, context);
    }

    // A browser lets any page connect anywhere, with the certificate of whoever looks at it, and only says which page it is.
    private bool IsAllowedOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || _core.State.Options.WebSocketOrigins.Any(allowed => allowed == "*" || string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase))
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Host.Length > 0
                && string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase));
    }

    private async Task RunAsync(WebSocket socket, HttpContext context)
    {
        var remoteEndPoint = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        await using var stream = new BinaryWebSocketStream(socket);
        var connection = new Connection(_core, stream, remoteEndPoint, stream.ShutDownSending);
        if (context.Features.Get<HandshakeGuard>()!.TryComplete(connection))
        {
            await connection.RunAsync();
            await connection.Ended;
        }
    }
}
