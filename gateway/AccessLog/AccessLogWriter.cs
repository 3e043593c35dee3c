using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
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
    private static readonly byte[] NewLine = "\n"u8.ToArray();
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
        var gone = http.RequestAborted.IsCancellationRequested;
        _lines.Enqueue(new AccessLine(
            clock.GetUtcNow(),
            http.Request.Method,
            call.Target?.Name ?? "gateway",
            call.Route?.Pattern.Text,
            call.Town?.Code,
            gone && !http.Response.HasStarted ? StatusCodes.Status499ClientClosedRequest : http.Response.StatusCode,
            clock.GetElapsedTime(call.Started),
            call.Counted?.Count ?? http.Response.ContentLength,
            Activity.Current?.TraceId ?? default,
            call.FromCache,
            call.Retries));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var file = new AccessLogFile(_options);
        var buffer = new ArrayBufferWriter<byte>(BatchBytes * 2);
        await using var json = new Utf8JsonWriter(buffer);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Drain(file, buffer, json);
        }
    }

    private void Drain(AccessLogFile file, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        while (_lines.TryDequeue(out var line))
        {
            Interlocked.Decrement(ref _waiting);
            line.WriteTo(json);
            EndLine(buffer, json);
            if (buffer.WrittenCount >= BatchBytes)
            {
                Save(file, buffer);
            }
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
        {
            AccessLine.WriteDropped(json, clock.GetUtcNow(), dropped);
            EndLine(buffer, json);
        }

        if (buffer.WrittenCount > 0)
        {
            Save(file, buffer);
        }
    }

    private static void EndLine(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset();
        buffer.Write(NewLine);
    }

    private void Save(AccessLogFile file, ArrayBufferWriter<byte> buffer)
    {
        try
        {
            file.Write(buffer.WrittenSpan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk must not stop the town's traffic.
            log.AccessLogFailed(exception);
        }

        buffer.ResetWrittenCount();
    }
}
