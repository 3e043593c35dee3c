namespace SmartCity.Host.Startup;

/// <summary>One service inside the host's process, with its own container, configuration and port.</summary>
internal sealed class InProcessService : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(3);
    private readonly WebApplication _app;

    private InProcessService(WebApplication app) => _app = app;

    public static async Task<InProcessService> StartAsync(
        string appId, string url, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        // Settings go in before the service registers, which reads some of them.
        var arguments = settings.Select(setting => $"--{setting.Key}={setting.Value}").Prepend("--urls=" + url).ToArray();
        var app = ServiceCatalog.Find(appId).Build(arguments, builder => builder.Services.AddSingleton<IHostLifetime, SilentLifetime>());
        await app.StartAsync(cancellationToken);
        return new InProcessService(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopWithin);
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Ctrl-C belongs to the host, which stops its services in order.</summary>
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
