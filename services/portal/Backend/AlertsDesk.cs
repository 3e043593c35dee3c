using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.Portal.Backend;

/// <summary>What people and staff tell the alerts service, through the sidecar. It decides what they may do.</summary>
public sealed class AlertsDesk(IHttpClientFactory clients, ILogger<AlertsDesk> log)
{
    /// <summary>Asks, and once more where the line broke and asking twice does nothing twice.</summary>
    public async Task<DeskAnswer<T>> SendAsync<T>(AlertsCall call, HttpContext http)
        where T : class
    {
        for (var attempt = call.IsRepeatable ? 1 : 2; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            limit.CancelAfter(call.Patience);
            try
            {
                using var answer = await PostAsync(call, http, limit.Token);
                return await DeskAnswer<T>.ReadAsync(answer, limit.Token);
            }
            catch (Exception exception) when (IsAbsence(exception, http))
            {
                log.BackendUnreachable(AppIds.Alerts, call.Path, exception.Message);
                if (attempt >= 2)
                {
                    return new DeskAnswer<T>(null, HttpStatusCode.ServiceUnavailable, null, null);
                }
            }
        }
    }

    /// <summary>A file as it is, or null with nothing but a line in the log.</summary>
    public async Task<(byte[] Content, string? MediaType, string? Name)?> DownloadAsync(AlertsCall call, HttpContext http)
        => await FetchAsync(call, http) is { } file ? (file.Content, file.MediaType, file.Name) : null;

    /// <summary>A page of the service's own, with what it says that browsers may load for it; or null with nothing but a line in the log.</summary>
    public async Task<FetchedFile?> FetchAsync(AlertsCall call, HttpContext http)
    {
        try
        {
            using var answer = await PostAsync(call, http, http.RequestAborted);
            if (answer.IsSuccessStatusCode)
            {
                return new FetchedFile(
                    await answer.Content.ReadAsByteArrayAsync(http.RequestAborted), answer.Content.Headers.ContentType?.ToString(), answer.Content.Headers.ContentDisposition?.FileName,
                    answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies.First() : null);
            }

            log.BackendUnreachable(AppIds.Alerts, call.Path, $"HTTP {(int)answer.StatusCode}");
        }
        catch (Exception exception) when (IsAbsence(exception, http))
        {
            log.BackendUnreachable(AppIds.Alerts, call.Path, exception.Message);
        }

        return null;
    }

    private async Task<HttpResponseMessage> PostAsync(AlertsCall call, HttpContext http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri($"api/{call.Municipality}/alerts/{call.Path}", UriKind.Relative));
        request.Content = call.Body is null ? null : JsonContent.Create(call.Body, options: CityJson.Options);
        request.Headers.Authorization = call.Token is null ? null : new AuthenticationHeaderValue("Bearer", call.Token);
        // Limits are each person's own: the gateway states who asks, and from no one else is it believed.
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", http.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } stated ? stated : http.Connection.RemoteIpAddress?.ToString());
        if (call.Key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.Key);
        }

        if (call.IfMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", call.IfMatch);
        }

        return await clients.CreateClient(AppIds.Alerts).SendAsync(request, cancellationToken);
    }

    private static bool IsAbsence(Exception exception, HttpContext http)
        => exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !http.RequestAborted.IsCancellationRequested);
}

/// <param name="Path">Below <c>/api/{municipality}/alerts/</c>.</param>
/// <param name="Token">Of the staff who ask; null for residents.</param>
public sealed record AlertsCall(HttpMethod Method, string Municipality, string Path, object? Body = null, string? Token = null)
{
    /// <summary>The sender's own key, by which the same is known when it comes again.</summary>
    public string? Key { get; init; }

    /// <summary>The version that the person has seen.</summary>
    public string? IfMatch { get; init; }

    /// <summary>How long a try may take; the client of the service has a limit of its own. Where it is set, there is one try.</summary>
    public TimeSpan Patience { get; init; } = Timeout.InfiniteTimeSpan;

    internal bool IsRepeatable => (Method != HttpMethod.Post || Key is not null) && Patience == Timeout.InfiniteTimeSpan;
}

/// <param name="Policy">Its <c>Content-Security-Policy</c>, where it brought one.</param>
public readonly record struct FetchedFile(byte[] Content, string? MediaType, string? Name, string? Policy);
