using System.Net;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Gateway.Forwarding;

/// <summary>Looks a host name up.</summary>
public delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Connections to services. Those to third parties are checked when they are made, by the very address that is then
/// connected to: what a name meant when the town was onboarded says nothing about what it means now (DNS rebinding).
/// </summary>
internal sealed class UpstreamClients(NameResolver resolve) : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    /// <summary>To the platform's services, the sidecar, and targets that an operator agreed to.</summary>
    public HttpMessageInvoker Trusted { get; } = new(NewHandler());

    /// <summary>To addresses of the open internet only.</summary>
    public HttpMessageInvoker Guarded { get; } = new(Guard(NewHandler(), resolve));

    public void Dispose()
    {
        Trusted.Dispose();
        Guarded.Dispose();
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = ConnectWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        // The trace is passed on by the transformer, without a client activity for each request.
        ActivityHeadersPropagator = null,
    };

    private static SocketsHttpHandler Guard(SocketsHttpHandler handler, NameResolver resolve)
    {
        handler.ConnectCallback = async (context, cancellationToken) =>
            await PublicConnections.ConnectAsync(context.DnsEndPoint, (host, token) => resolve(host, token), cancellationToken);
        return handler;
    }
}
