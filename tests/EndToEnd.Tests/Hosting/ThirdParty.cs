using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>Somebody else's service on this machine, which notes as whom it was asked.</summary>
internal sealed class ThirdParty : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ThirdParty(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The pseudonym of each caller, empty for who has none.</summary>
    public ConcurrentQueue<string> Subjects { get; } = new();

    public static async Task<ThirdParty> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var service = new ThirdParty(builder.Build());
        service._app.Run(context =>
        {
            service.Subjects.Enqueue(context.Request.Headers["x-smartcity-subject"].ToString());
            return context.Response.WriteAsync("on");
        });
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
