namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>What came of one attempt to call an app: an answer, of which the body is still to be read, or a reason.</summary>
internal sealed class InvocationOutcome(HttpRequestMessage request, CancellationTokenSource limit, CancellationTokenSource stop) : IDisposable
{
    public HttpResponseMessage? Response { get; set; }

    public string? Failure { get; set; }

    /// <summary>As upstream: no answer, and every status outside of 200 to 399.</summary>
    public bool IsFailure => Response is null || (int)Response.StatusCode is < 200 or > 399;

    public void Dispose()
    {
        Response?.Dispose();
        request.Dispose();
        stop.Dispose();
        limit.Dispose();
    }
}
