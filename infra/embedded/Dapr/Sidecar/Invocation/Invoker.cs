using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Calls an app under the caller's policy for it: timeout, repetitions, circuit breaker.</summary>
internal sealed class Invoker(AppChannel channel, DaprSidecarLimits limits, TimeProvider clock)
{
    /// <summary>The last attempt's outcome.</summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="makeRequest">Makes the request of one attempt with the given body, which is null where there is none.</param>
    /// <exception cref="CircuitOpenException">The target's circuit breaker lets no request through.</exception>
    /// <exception cref="BadHttpRequestException">The caller's body is too large or cut off.</exception>
    public async Task<InvocationOutcome> InvokeAsync(HttpContext context, Policy policy, Func<HttpContent?, HttpRequestMessage> makeRequest)
    {
        var canHaveBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        // As upstream a body of unknown length is streamed and never sent again; one that is too large to hold is not either.
        var mayReplay = policy.Retry is { MaximumRetries: not 0 } && (!canHaveBody || context.Request.ContentLength <= limits.MaximumEventBytes);
        var held = mayReplay && canHaveBody ? await RequestBody.ReadAsync(context, limits.MaximumEventBytes) : default(ReadOnlyMemory<byte>?);
        if (held is null && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            // A stream may be silent for long; the callee decides how long is too long.
            rate.MinDataRate = null;
        }

        for (var retries = 0; ; retries++)
        {
            HttpContent? content = held is { } bytes ? new ReadOnlyMemoryContent(bytes) : canHaveBody ? new StreamedBody(context.Request.Body) : null;
            var outcome = await AttemptAsync(context, policy, makeRequest(content));
            var status = outcome.Response is { } response ? (int)response.StatusCode : 0;
            if (!outcome.IsFailure || !mayReplay || !policy.Retry!.Allows(retries) || (status > 0 && !policy.Retry.Matches(status)))
            {
                return outcome;
            }

            outcome.Dispose();
            await Task.Delay(policy.Retry.PauseBefore(retries + 1), clock, context.RequestAborted);
        }
    }

    private async Task<InvocationOutcome> AttemptAsync(HttpContext context, Policy policy, HttpRequestMessage request)
    {
        var timeout = policy.Timeout ?? limits.InvocationTimeout;
        var limit = new CancellationTokenSource(timeout, clock);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        var outcome = new InvocationOutcome(request, limit, stop);
        var isDecided = false;
        long? ticket = null;
        try
        {
            ticket = policy.Breaker?.Enter();
            await SendAsync(context, request, outcome, timeout, limit, stop.Token);
            // From here on only the caller's patience counts: an event stream never ends by itself.
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            isDecided = true;
            return outcome;
        }
        finally
        {
            if (!isDecided)
            {
                outcome.Dispose();
            }

            if (ticket is { } entered)
            {
                Report(policy.Breaker!, entered, isDecided ? !outcome.IsFailure : null);
            }
        }
    }

    private async Task SendAsync(HttpContext context, HttpRequestMessage request, InvocationOutcome outcome, TimeSpan timeout, CancellationTokenSource limit, CancellationToken stop)
    {
        try
        {
            outcome.Response = await channel.SendAsync(request, stop);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            outcome.Failure = $"no answer within {timeout}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            if (exception.InnerException is BadHttpRequestException bad)
            {
                // The fault is the caller's body (too large, cut off), noticed while it was being passed on.
                throw bad;
            }

            outcome.Failure = exception.Message;
        }
    }

    private static void Report(CircuitBreaker breaker, long ticket, bool? isSuccess)
    {
        if (isSuccess is { } outcome)
        {
            breaker.Report(ticket, outcome);
        }
        else
        {
            breaker.Withdraw(ticket);
        }
    }
}
