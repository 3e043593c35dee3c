namespace SmartCity.Gateway.Streaming;

/// <summary>
/// A server-sent event stream never ends by itself: when the gateway stops, open ones are ended at once instead of
/// holding the stop up. Browsers connect again with their last event id and miss nothing.
/// </summary>
internal sealed class EndStreamsOnStop(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    private const string EventStream = "text/event-stream";

    public async Task InvokeAsync(HttpContext context)
    {
        await using var registration = lifetime.ApplicationStopping.Register(() =>
        {
            if (context.Response.ContentType?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) == true)
            {
                context.Abort();
            }
        });
        await next(context);
    }
}
