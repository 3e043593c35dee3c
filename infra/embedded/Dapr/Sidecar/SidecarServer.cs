using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One Kestrel with a loopback port for each app; every connection carries the app whose port it came by.</summary>
internal sealed class SidecarServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private readonly WebApplication _web;

    private SidecarServer(WebApplication web) => _web = web;

    /// <exception cref="IOException">A port is taken; the message names it.</exception>
    public static async Task<SidecarServer> StartAsync(
        IReadOnlyCollection<SidecarApp> apps, DaprSidecarLimits limits, RequestDelegate handle, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        // Empty on purpose: neither the host's configuration nor its signals are the sidecar's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        var ports = new List<(SidecarApp App, ListenOptions Listen)>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Byte for byte, as in AppChannel.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = limits.MaximumEventBytes;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
            kestrel.Limits.RequestHeadersTimeout = limits.RequestHeadersTimeout;
            foreach (var app in apps)
            {
                kestrel.Listen(IPAddress.Loopback, app.HttpPort, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(next => connection =>
                    {
                        connection.Features.Set(app);
                        return next(connection);
                    });
                    ports.Add((app, listen));
                });
            }
        });

        var web = builder.Build();
        web.Run(handle);
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await web.DisposeAsync();
            throw new IOException(Taken(apps, exception.Message), exception);
        }

        foreach (var (app, listen) in ports)
        {
            app.HttpPort = listen.IPEndPoint!.Port;
        }

        return new SidecarServer(web);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopTimeout);
        await _web.StopAsync(limit.Token);
        await _web.DisposeAsync();
    }

    private static string Taken(IEnumerable<SidecarApp> apps, string message)
        => apps.FirstOrDefault(a => message.Contains(string.Create(CultureInfo.InvariantCulture, $":{a.HttpPort}:"), StringComparison.Ordinal)) is { } app
            ? string.Create(CultureInfo.InvariantCulture, $"Port {app.HttpPort}, meant for the sidecar of app {app.AppId}, is taken by another process.")
            : message;

    private sealed class PassiveLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
