using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>Telemetry as the staff's pages ask it.</summary>
public sealed class FakeTelemetry
{
    public IReadOnlyList<DeviceView> Devices { get; set; } = [];

    /// <summary>Null answers with an error.</summary>
    public FleetView? Fleet { get; set; }

    /// <summary>Path and query of every question.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    internal void Map(WebApplication app)
    {
        app.MapGet("/api/{municipality}/telemetry/devices", (HttpContext context) =>
        {
            Questions.Enqueue(context.Request.Path + context.Request.QueryString);
            return new FoundDevices(Devices, null, Devices.Count);
        });
        app.MapGet("/api/{municipality}/telemetry/fleet", () => Fleet is { } fleet ? Results.Ok(fleet) : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
    }
}
