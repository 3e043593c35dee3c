using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartCity.Cli.Tests.Hosting;

/// <summary>A gateway with two drafts that wait and somebody else's alert. It remembers what was written.</summary>
internal sealed class FakeTown : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _written = new();
    private readonly ConcurrentDictionary<string, int> _levels = new() { ["theirs"] = 4 };
    private readonly ConcurrentDictionary<string, string> _drafts = new() { ["draft-own"] = "a", ["draft-theirs"] = "other-gauge" };

    private FakeTown(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IReadOnlyList<string> Written => [.. _written];

    /// <summary>Called when the level of an alert was raised.</summary>
    public Action Raised { get; set; } = () => { };

    public static async Task<FakeTown> StartAsync(bool isDevelopment)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var town = new FakeTown(builder.Build());
        if (isDevelopment)
        {
            town._app.MapPost("/dev/token", () => "token");
        }

        var alerts = town._app.MapGroup("/api/162043/alerts");
        alerts.MapGet("/drafts", town.GetDrafts);
        alerts.MapGet("/active", town.GetActive);
        alerts.MapGet("/shelters", () => new { items = Array.Empty<object>() });
        alerts.MapGet("/reports/span", () => new { summary = Array.Empty<object>(), improvements = Array.Empty<object>() });
        alerts.MapPost("/drafts/{id}/approve", town.Approve);
        alerts.MapPost("/{id}/update", town.Raise);
        alerts.MapPost("/{id}/cancel", town.Cancel);
        await town._app.StartAsync();
        return town;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private object GetDrafts() => new { items = _drafts.Select(draft => new { id = draft.Key, deviceId = draft.Value, createdAt = DateTimeOffset.UtcNow.AddMinutes(1) }) };

    private object GetActive() => new { items = _levels.Select(alert => new { id = alert.Key, alertId = alert.Key, level = alert.Value, hazard = "flood", sent = DateTimeOffset.UtcNow.AddMinutes(1) }) };

    private object Approve(string id)
    {
        _written.Enqueue("approve " + id);
        _drafts.TryRemove(id, out _);
        _levels["of-" + id] = 4;
        return new { id, alertId = "of-" + id };
    }

    private IResult Raise(string id)
    {
        _written.Enqueue("update " + id);
        _levels[id] = 5;
        Raised();
        return Results.Ok(new { id });
    }

    private IResult Cancel(string id)
    {
        _written.Enqueue("cancel " + id);
        _levels.TryRemove(id, out _);
        return Results.Ok(new { id });
    }
}
