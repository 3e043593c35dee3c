using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using SmartCity.Contracts;

namespace SmartCity.Portal.Backend;

/// <summary>
/// How long a page waits for each service: a time limit, one more try after a short random pause, and a circuit
/// breaker, so that a service that hangs delays a few visitors and not all.
/// </summary>
public sealed class BackendPolicies
{
    private readonly Dictionary<string, ResiliencePipeline<HttpResponseMessage>> _byAppId;

    public BackendPolicies(TimeProvider clock, IOptions<PatienceOptions> patience)
    {
        _byAppId = new(StringComparer.Ordinal)
        {
            [AppIds.Alerts] = Build(clock, timeout: TimeSpan.FromMilliseconds(patience.Value.AlertsMilliseconds), pause: TimeSpan.FromSeconds(1)),
            [AppIds.Telemetry] = Build(clock, timeout: TimeSpan.FromMilliseconds(patience.Value.TelemetryMilliseconds), pause: TimeSpan.FromSeconds(5)),
        };
    }

    internal ResiliencePipeline<HttpResponseMessage> For(string appId) => _byAppId[appId];

    private static ResiliencePipeline<HttpResponseMessage> Build(TimeProvider clock, TimeSpan timeout, TimeSpan pause)
    {
        var failures = new PredicateBuilder<HttpResponseMessage>()
            .Handle<HttpRequestException>()
            .HandleResult(response => (int)response.StatusCode >= 500);
        var failuresAndTimeouts = new PredicateBuilder<HttpResponseMessage>()
            .Handle<HttpRequestException>()
            .Handle<Polly.Timeout.TimeoutRejectedException>()
            .HandleResult(response => (int)response.StatusCode >= 500);
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = failures,
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(50),
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = failuresAndTimeouts,
                FailureRatio = 0.8,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = pause,
            })
            .AddTimeout(timeout)
            .Build();
    }
}
