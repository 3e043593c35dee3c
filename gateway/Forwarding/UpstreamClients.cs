using System.Collections.Concurrent;
using System.Net;
using SmartCity.Gateway.ThirdParty;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Gateway.Forwarding;

/// <summary>
/// Connections to services. Those to third parties are checked when they are made, by the very address that is then
/// connected to: what a name meant when the town was onboarded says nothing about what it means now (DNS rebinding).
/// </summary>
internal sealed class UpstreamClients(NameResolver resolve) : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    // Open connections are shared by host name: what one town's operator agreed to must not carry another's requests.
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _guarded = new(StringComparer.Ordinal);

    /// <summary>To the platform's services and the sidecar.</summary>
    public HttpMessageInvoker Trusted { get; } = new(NewHandler());

    /// <summary>To addresses of the open internet, and to those that an operator agreed to.</summary>
    public HttpMessageInvoker Guarded(TargetApproval approval)
        => _guarded.GetOrAdd(approval.Key, _ => new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(Guard(NewHandler(), approval, resolve)))).Value;

    public void Dispose()
    {
        Trusted.Dispose();
        foreach (var client in _guarded.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
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

    private static SocketsHttpHandler Guard(SocketsHttpHandler handler, TargetApproval approval, NameResolver resolve)
    {
        handler.ConnectCallback = async (context, cancellationToken) =>
            await PublicConnections.ConnectAsync(context.DnsEndPoint, (host, token) => resolve(host, token), approval.WhyNot, cancellationToken);
        return handler;
    }
}
