using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Cli.Http;

namespace SmartCity.Cli.Replay;

/// <summary>Listens to a town's stream as an open page does, and notes when each message came.</summary>
internal sealed class ResidentStream : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DateTimeOffset>> _arrivals = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Stream _stream;
    private readonly TimeProvider _clock;
    private readonly Task _reading;

    private ResidentStream(Stream stream, TimeProvider clock)
    {
        (_stream, _clock) = (stream, clock);
        _reading = ReadAsync(_stop.Token);
    }

    public static async Task<ResidentStream> OpenAsync(Api api, string town, TimeProvider clock, CancellationToken cancellationToken)
        => new(await api.OpenAsync($"api/{town}/alerts/stream", "text/event-stream", cancellationToken), clock);

    /// <summary>When a message came; null where it did not within the time.</summary>
    public async Task<DateTimeOffset?> ArrivalOfAsync(string messageId, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await Arrival(messageId).Task.WaitAsync(patience, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _reading;
        }
        catch (OperationCanceledException)
        {
            // Asked for, one line above.
        }

        await _stream.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>The id of the alert in a line of the stream; null where it carries none.</summary>
    internal static string? IdOf(string line)
    {
        if (!line.StartsWith("data:", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return (JsonNode.Parse(line["data:".Length..]) as JsonObject)?["id"]?.ToString();
        }
        catch (JsonException)
        {
            // Some other event's data: no alert.
            return null;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (IdOf(line) is { } id)
            {
                Arrival(id).TrySetResult(_clock.GetUtcNow());
            }
        }
    }

    private TaskCompletionSource<DateTimeOffset> Arrival(string id) => _arrivals.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
