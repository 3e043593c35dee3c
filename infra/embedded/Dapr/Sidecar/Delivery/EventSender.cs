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
internal readonly record struct DeliveryOutcome(DeliveryResult Result, string Reason = "");

/// <summary>Posts one event to an app and reads its verdict (Dapr docs, Pub/sub API reference, "Expected HTTP response").</summary>
internal sealed class EventSender(AppChannel channel, TimeSpan timeout)
{
    private const int VerdictBytes = 64 * 1024;

    public async Task<DeliveryOutcome> SendAsync(SidecarApp app, Uri address, string path, byte[] cloudEvent, string pubsub, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, AppPath.Of(address, path)) { Content = AppChannel.CloudEvent(cloudEvent) };
            request.Headers.TryAddWithoutValidation("pubsubname", pubsub);
            if (CloudEventReader.GetString(cloudEvent, "traceparent"u8) is { } traceParent && ActivityContext.TryParse(traceParent, traceState: null, out _))
            {
                request.Headers.TryAddWithoutValidation("traceparent", traceParent);
            }

            using var response = await channel.SendAsync(request, limit.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and <= 299 => Verdict(await AppChannel.ReadAsync(response.Content, VerdictBytes, limit.Token)),
                404 => new DeliveryOutcome(DeliveryResult.Drop, $"{path} answered 404"),
                _ => new DeliveryOutcome(DeliveryResult.Retry, string.Create(CultureInfo.InvariantCulture, $"{path} answered {status}")),
            };
        }
        catch (HttpRequestException exception)
        {
            // A broken connection often means a new process, which may subscribe to other topics.
            app.Suspect();
            return new DeliveryOutcome(AppChannel.IsUnreachable(exception) ? DeliveryResult.Unreachable : DeliveryResult.Retry, exception.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new DeliveryOutcome(DeliveryResult.Retry, $"{path} did not answer within {timeout}");
        }
    }

    private static DeliveryOutcome Verdict(byte[] body)
    {
        if (body.Length == 0)
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
    private static string? StatusOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
                ? status.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
