using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.AccessLog;

/// <summary>
/// Requests leave their line in a bounded buffer and go on; one thread writes them ten times a second. When lines come
/// faster than they can be written they are dropped, and the next line says how many.
/// </summary>
internal sealed class AccessLogWriter(IOptions<GatewayOptions> options, GatewayMetrics metrics, TimeProvider clock, ILogger<AccessLogWriter> log)
    : BackgroundService
{
    private const int BatchBytes = 64 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<AccessLine> _lines = new();
    private readonly AccessLogOptions _options = options.Value.AccessLog;
    private int _waiting;
    private long _dropped;

    public void Write(Call call)
    {
        if (!_options.Enabled)
        {
            return;
        }

        if (Interlocked.Increment(ref _waiting) > _options.Buffer)
        {
            Interlocked.Decrement(ref _waiting);
            Interlocked.Increment(ref _dropped);
            metrics.LinesDropped.Add(1);
            return;
        }

        var http = call.Http;
        _lines.Enqueue(new AccessLine(
            call.Started,
            clock.GetTimestamp(),
            http.Request.Method,
            call.Target?.Name ?? "gateway",
            call.Route?.Pattern.Text,
            call.Town?.Code,
            call.IsAbandoned ? StatusCodes.Status499ClientClosedRequest : http.Response.StatusCode,
            call.StreamedBytes ?? call.Counted?.Count ?? http.Response.ContentLength,
            call.Trace,
            call.FromCache,
            call.Retries));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var file = new AccessLogFile(_options);
        var buffer = new LineBuffer(BatchBytes * 2);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Drain(file, buffer);
        }
    }

    private void Drain(AccessLogFile file, LineBuffer buffer)
    {
        var (now, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        while (_lines.TryDequeue(out var line))
        {
            Interlocked.Decrement(ref _waiting);
            var microseconds = clock.GetElapsedTime(line.Started, line.Ended).Ticks / TimeSpan.TicksPerMicrosecond;
            line.WriteTo(buffer, now - clock.GetElapsedTime(line.Ended, timestamp), microseconds);
            if (buffer.Count >= BatchBytes)
            {
                Save(file, buffer);
            }
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
        {
            AccessLine.WriteDropped(buffer, now, dropped);
        }

        if (buffer.Count > 0)
        {
            Save(file, buffer);
        }
    }

    private void Save(AccessLogFile file, LineBuffer buffer)
    {
        try
        {
            file.Write(buffer.Written);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk must not stop the town's traffic.
            log.AccessLogFailed(exception);
        }

        buffer.Clear();
    }
}
