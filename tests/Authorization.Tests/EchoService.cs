using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartCity.Authorization.Tests;

/// <summary>Stands behind the gateway and lets everybody in.</summary>
internal sealed class EchoService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private EchoService(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How often something came through since this was last asked.</summary>
    public int TakeAsked() => Interlocked.Exchange(ref _asked, 0);

    public static async Task<EchoService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var echo = new EchoService(builder.Build());
        echo._app.Run(context =>
        {
            Interlocked.Increment(ref echo._asked);
            return context.Response.WriteAsync("in");
        });
        await echo._app.StartAsync();
        return echo;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
