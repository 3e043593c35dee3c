using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Payloads;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Streaming;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Devices;

namespace SmartCity.Telemetry.Streaming;

internal static class StreamHandlers
{
    /// <summary>
    /// Readings of the town from now on, as they are committed. There are no ids and nothing is told again: a client that
    /// was cut off opens the stream and then reads <c>devices</c> or <c>map.geojson</c> for what it missed.
    /// </summary>
    /// <param name="device">Of these devices only; may be repeated, as the others.</param>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetAsync(
        HttpContext http, LiveReadings live, LiveMetrics metrics, ITownDirectory towns, IOptions<LiveOptions> options,
        string[]? device = null, string[]? kind = null, string[]? metric = null)
    {
        var town = http.CurrentTown();
        if (WhyNot(town, device ?? [], kind ?? [], metric ?? []) is { } refusal)
        {
            return refusal;
        }

        EventStream.SetHeaders(http);
        var client = new LiveClient(town.Code, new LiveFilter(towns, town.Code, device ?? [], kind ?? [], metric ?? []), options.Value.QueueReadings);
        live.Open(client);
        try
        {
            EventStream.WriteRetry(http.Response.BodyWriter);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            await FollowAsync(http, client, metrics);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
            return TypedResults.Empty;
        }
        finally
        {
            live.Close(client);
        }

        return TypedResults.Empty;
    }

    private static async Task FollowAsync(HttpContext http, LiveClient client, LiveMetrics metrics)
    {
        var body = http.Response.BodyWriter;
        while (await client.WaitAsync(http.RequestAborted))
        {
            var (readings, conflated) = client.Take();
            if (readings.Count == 0)
            {
                await body.WriteAsync(EventStream.Heartbeat, http.RequestAborted);
                continue;
            }

            metrics.Conflated(conflated);
            LiveEvents.Write(body, readings);
            // Waits while the client does not read; meanwhile its buffer takes what comes.
            await body.FlushAsync(http.RequestAborted);
        }
    }

    private static ProblemHttpResult? WhyNot(Town town, string[] devices, string[] kinds, string[] metrics)
    {
        if (Array.Find(devices, id => town.Devices.All(device => device.Id != id)) is { } unknown)
        {
            return DeviceHandlers.UnknownDevice(town, unknown);
        }

        if (Array.Find(kinds, kind => town.Devices.All(device => device.Kind != kind)) is { } strange)
        {
            return Problem.NotFound("unknown-kind", "The town has no device of this kind.", $"No device of {town.Code} is of kind '{strange}'.");
        }

        return Array.Find(metrics, metric => !MetricName.IsValid(metric)) is { } malformed
            ? Problem.BadRequest("metric-name-malformed", "This is no name of a metric.", $"'{malformed}' is none: give one as the device shows it, such as waterLevelMetres.")
            : null;
    }
}
