using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>Plays the sidecar with the alerts and telemetry services behind it.</summary>
public sealed class FakeCity : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private FakeCity(WebApplication app)
    {
        _app = app;
    }

    public List<AlertView> Alerts { get; } = [];

    /// <summary>Where the stream stands.</summary>
    public string? LastEventId { get; set; }

    /// <summary>What the list of alerts waits for before it is answered; null for nothing.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Alerts that are found by id but not in force.</summary>
    public List<AlertView> PastAlerts { get; } = [];

    public List<ShelterView> Shelters { get; } = [];

    public FakeSafety Safety { get; } = new();

    public List<DeviceView> Devices { get; } = [];

    /// <summary>Whether the list of devices has a second page.</summary>
    public bool HasMore { get; set; }

    /// <summary>Of every device and metric.</summary>
    public List<SmartCity.Portal.Backend.BucketView> Buckets { get; } = [];

    /// <summary>Null answers with an error.</summary>
    public FleetView? Fleet { get; set; }

    /// <summary>App ids that answer with an error.</summary>
    public HashSet<string> Failing { get; } = new(StringComparer.Ordinal);

    /// <summary>App ids that never answer.</summary>
    public HashSet<string> Hanging { get; } = new(StringComparer.Ordinal);

    /// <summary>App ids that answer with something that is not JSON.</summary>
    public HashSet<string> Babbling { get; } = new(StringComparer.Ordinal);

    /// <summary>Path and query of every question.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<FakeCity> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(json => CityJson.Apply(json.SerializerOptions));
        var app = builder.Build();
        var city = new FakeCity(app);
        app.Use(city.BehaveAsync);
        app.MapGet("/api/{municipality}/alerts/active", async () =>
        {
            await (city.Hold?.Task ?? Task.CompletedTask);
            return new AlertsInForce(city.Alerts, LastEventId: city.LastEventId);
        });
        app.MapGet("/api/{municipality}/alerts/shelters", (string? hazard) =>
            hazard is null or "flood" ? Results.Ok(new Page<ShelterView>(city.Shelters)) : Results.BadRequest());
        city.Safety.Map(app);
        app.MapGet("/api/{municipality}/alerts/{id}", (string id) =>
            city.Alerts.Concat(city.PastAlerts).FirstOrDefault(alert => alert.Id == id) is { } alert ? Results.Ok(alert) : Results.NotFound());
        app.MapGet("/api/{municipality}/telemetry/devices", (string? search, string? health, string? after, int? limit) => new FoundDevices(
            [.. city.Devices.Where(device => health != "raised" || device.RaisedRules.Count > 0).Where(device => search is not "nothing").Take(limit ?? 100)],
            after is null && city.HasMore ? "next-page" : null, city.Devices.Count));
        app.MapGet("/api/{municipality}/telemetry/devices/{id}", (string id) =>
            city.Devices.FirstOrDefault(device => device.Id == id) is { } device ? Results.Ok(device) : Results.NotFound());
        app.MapGet("/api/{municipality}/telemetry/devices/{id}/readings", (DateTimeOffset from, DateTimeOffset to) =>
            new Page<SmartCity.Portal.Backend.BucketView>([.. city.Buckets.Where(bucket => bucket.T >= from && bucket.T < to)]));
        app.MapGet("/api/{municipality}/telemetry/fleet", () => city.Fleet is { } fleet ? Results.Ok(fleet) : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        await app.StartAsync();
        return city;
    }

    /// <summary>From now on nothing listens.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task BehaveAsync(HttpContext context, RequestDelegate next)
    {
        Questions.Enqueue(context.Request.Path + context.Request.QueryString);
        // A sidecar finds the service by this header alone.
        var appId = context.Request.Headers["dapr-app-id"].ToString();
        if (!context.Request.Path.ToString().Contains($"/{appId}/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        }
        else if (Failing.Contains(appId))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else if (Hanging.Contains(appId))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else if (Babbling.Contains(appId))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"items\": [ <html>", context.RequestAborted);
        }
        else
        {
            await next(context);
        }
    }
}
