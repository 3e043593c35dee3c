using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Startup;

/// <summary>
/// The host's own view of the towns: the broker asks it for towns' limits, and the table and the issuer whom they know. It
/// follows the registry as every service does, but by its address: the host has no sidecar.
/// </summary>
internal sealed class TownFollower : IAsyncDisposable
{
    private readonly IHost _host;

    public TownFollower(string registry, string cacheFile, ILoggerFactory loggers)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddLogging();
        builder.Services.AddHttpClient(AppIds.Registry, client =>
        {
            client.BaseAddress = new Uri(registry);
            client.Timeout = TimeSpan.FromSeconds(5);
            client.DefaultRequestHeaders.Add("dapr-api-token", ServiceSettings.AppApiToken);
        });
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new RegistryFeedOptions { CacheFile = cacheFile }));
        builder.Services.AddTownFeed();
        _host = builder.Build();
        Towns = _host.Services.GetRequiredService<ITownDirectory>();
    }

    public ITownDirectory Towns { get; }

    /// <summary>Returns when the registry, or the last start, has told the towns.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
