using System.Collections.Concurrent;
using System.Globalization;
using SmartCity.Gateway.Cors;
using SmartCity.Gateway.Door;
using SmartCity.Gateway.Forwarding;
using SmartCity.Gateway.Headers;
using SmartCity.Gateway.Routing;
using SmartCity.ServiceDefaults.Streaming;

namespace SmartCity.Gateway.Streaming;

/// <summary>
/// Streams that are the same for everybody: one from the service for all who ask for it. Who wants to go on from an id that is not
/// at hand here gets a stream of their own from the service, which knows all of them.
/// </summary>
internal sealed class SharedStreams(
    UpstreamClients clients, RouteBook routes, GatewayMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SharedStreams> log)
    : BackgroundService
{
    /// <summary>Into how many parts clients are divided for their heartbeats, one part a second.</summary>
    public const int Turns = 15;

    // Each is a connection to a service; made-up lists of languages get none.
    private const int MostStreams = 500;
    private const int FramesThatMayWait = 64;
    private const string Position = "Last-Event-ID";
    private const string PositionInQuery = "lastEventId";
    private const string Choice = "languages";

    private readonly ConcurrentDictionary<string, SharedStream> _streams = new(StringComparer.Ordinal);

    /// <returns>False for what is not shared.</returns>
    public async ValueTask<bool> TrySendAsync(Call call)
    {
        var http = call.Http;
        if (call.Route?.IsShared != true || !HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.Authorization.Count > 0
            || PositionOf(http.Request) is not { } after || await FindAsync(call, after) is not { } shared)
        {
            return false;
        }

        var stream = new OpenStream(FramesThatMayWait, http.Abort);
        if (!shared.TryJoin(stream, after))
        {
            return false;
        }

        try
        {
            EventStream.SetHeaders(http);
            SecurityHeaders.Apply(call);
            TownCors.Apply(call);
            EventStream.WriteRetry(http.Response.BodyWriter);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            await stream.RunAsync(http.Response.BodyWriter, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            call.IsAbandoned = !http.Response.HasStarted;
        }
        finally
        {
            call.StreamedBytes = stream.WrittenBytes;
            shared.Leave(stream);
        }

        return true;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Browsers connect again with their last event id; the server's stop need not wait for them.
        lifetime.ApplicationStopping.Register(() =>
        {
            foreach (var stream in _streams.Values)
            {
                stream.End();
            }
        });
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn = (turn + 1) % Turns)
            {
                foreach (var (key, stream) in _streams)
                {
                    stream.Beat(turn);
                    if (stream.IsOver)
                    {
                        _streams.TryRemove(KeyValuePair.Create(key, stream));
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async ValueTask<SharedStream?> FindAsync(Call call, long after)
    {
        var languages = call.Http.Request.Query[Choice].ToString();
        var key = $"{call.Http.Request.Path}?{Choice}={languages}";
        if (!_streams.TryGetValue(key, out var shared) || shared.IsOver)
        {
            if (_streams.Count >= MostStreams)
            {
                return null;
            }

            var query = languages.Length == 0 ? default : QueryString.Create(Choice, languages);
            // Not the call itself: the stream outlives it by days.
            var (municipality, service) = (call.Town!.Code, call.Target!.Name);
            var fresh = new SharedStream(new StreamSource(call, query, clients.Trusted), after, () => Wrote(municipality, service), metrics, clock, log);
            shared = _streams.AddOrUpdate(key, fresh, (_, old) => old.IsOver ? fresh : old);
            if (shared == fresh)
            {
                shared.Start(lifetime.ApplicationStopping);
            }
        }

        return await shared.Begun.WaitAsync(call.Http.RequestAborted) ? shared : null;
    }

    // Who hears of something and then reads must not be given what was so before.
    private void Wrote(string municipality, string service) => routes.Current.Find(municipality)?.Find(service)?.Wrote();

    /// <summary>Where the client stands; null without an id, or where the question has more to it than we understand.</summary>
    private static long? PositionOf(HttpRequest request)
    {
        foreach (var (name, values) in request.Query)
        {
            if (values.Count != 1 || (name != PositionInQuery && name != Choice))
            {
                return null;
            }
        }

        var text = request.Headers[Position].ToString() is { Length: > 0 } header ? header : request.Query[PositionInQuery].ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
