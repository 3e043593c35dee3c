using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>What became of one attempt to deliver.</summary>
internal enum DeliveryResult
{
    Success,
    Retry,
    Drop,
    Unreachable,
}

/// <summary>An attempt's result and, unless it succeeded, why.</summary>
internal readonly record struct DeliveryOutcome(DeliveryResult Result, string Reason = "", int Status = 0);

/// <summary>Posts one event to an app and reads its verdict (Dapr docs, Pub/sub API reference, "Expected HTTP response").</summary>
internal sealed class EventSender(AppChannel channel, TimeSpan defaultTimeout)
{
    private const int VerdictBytes = 64 * 1024;
    private readonly AppUris _uris = new();

    /// <summary>Posts one CloudEvent.</summary>
    public async Task<DeliveryOutcome> SendAsync(
        SidecarApp app, Uri address, string path, byte[] cloudEvent, string pubsub, TimeSpan? timeout, CancellationToken stopping)
    {
        using var content = AppChannel.CloudEvent(cloudEvent);
        return await PostAsync(app, address, path, content, pubsub, CloudEventReader.GetString(cloudEvent, "traceparent"u8), VerdictBytes, Verdict, timeout, stopping);
    }

    /// <summary>Posts anything and lets the caller judge the body of a 2xx, which is null when it is larger than the limit.</summary>
    public async Task<DeliveryOutcome> PostAsync(SidecarApp app, Uri address, string path, HttpContent content, string pubsub, string? traceParent, int verdictBytes,
        Func<ReadOnlyMemory<byte>?, DeliveryOutcome> judge, TimeSpan? timeout, CancellationToken stopping)
    {
        var limitOf = timeout ?? defaultTimeout;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(limitOf);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _uris.Of(address, path)) { Content = content };
            request.Headers.TryAddWithoutValidation("pubsubname", pubsub);
            if (traceParent is not null && ActivityContext.TryParse(traceParent, traceState: null, out _))
            {
                request.Headers.TryAddWithoutValidation("traceparent", traceParent);
            }

            using var response = await channel.SendAsync(request, limit.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and <= 299 => judge(await AppChannel.ReadSmallAsync(response.Content, verdictBytes, limit.Token)),
                404 => new DeliveryOutcome(DeliveryResult.Drop, $"{path} answered 404"),
                _ => new DeliveryOutcome(DeliveryResult.Retry, string.Create(CultureInfo.InvariantCulture, $"{path} answered {status}"), status),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // A broken connection often means a new process, which may subscribe to other topics.
            app.Suspect();
            return new DeliveryOutcome(exception is HttpRequestException http && AppChannel.IsUnreachable(http) ? DeliveryResult.Unreachable : DeliveryResult.Retry, exception.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new DeliveryOutcome(DeliveryResult.Retry, $"{path} did not answer within {limitOf}");
        }
    }

    private static DeliveryOutcome Verdict(ReadOnlyMemory<byte>? answer)
    {
        // A body larger than any verdict is not read to its end, which it may not have.
        if (answer is not { Length: > 0 } body)
        {
            return new DeliveryOutcome(DeliveryResult.Success);
        }

        return StatusOf(body) switch
        {
            null or "" or "SUCCESS" => new DeliveryOutcome(DeliveryResult.Success),
            "DROP" => new DeliveryOutcome(DeliveryResult.Drop, "the app answered DROP"),
            "RETRY" => new DeliveryOutcome(DeliveryResult.Retry, "the app answered RETRY"),
            var other => new DeliveryOutcome(DeliveryResult.Retry, $"the app answered the unknown status '{other}'"),
        };
    }

    // A 2xx whose body is not a verdict is a success, as upstream: handlers may return anything.
    private static string? StatusOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
                ? status.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a status that is not Unicode.
            return null;
        }
    }
}
