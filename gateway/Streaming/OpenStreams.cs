using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.Streaming;

/// <summary>
/// A server-sent event stream or WebSocket never ends by itself: when the gateway stops, open ones are ended at once
/// instead of holding the stop up. Browsers connect again with their last event id and miss nothing.
/// </summary>
internal sealed class OpenStreams(IHostApplicationLifetime lifetime)
{
    private const string EventStream = "text/event-stream";

    /// <returns>Ends the watch when disposed; null for requests that cannot become streams.</returns>
    public IDisposable? Watch(Call call)
    {
        var headers = call.Http.Request.Headers;
        // Asked of the request, so that the many short ones cost nothing. EventSource always says what it accepts.
        var mayStream = headers.Upgrade.Count > 0 || HttpMethods.IsConnect(call.Http.Request.Method)
            || headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase)
            || call.Rest.EndsWith("/stream", StringComparison.Ordinal);
        return mayStream ? lifetime.ApplicationStopping.Register(static state => ((HttpContext)state!).Abort(), call.Http) : null;
    }
}
