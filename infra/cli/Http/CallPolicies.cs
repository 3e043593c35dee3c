using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SmartCity.Cli.Http;

/// <summary>How long a call may take and how often it is tried.</summary>
internal static class CallPolicies
{
    private const int MoreTries = 2;
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>For what changes nothing, or the same however often it arrives.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Repeatable(TimeProvider clock) => Build(clock, new PredicateBuilder<HttpResponseMessage>()
        .Handle<HttpRequestException>()
        .Handle<TimeoutRejectedException>()
        .HandleResult(answer => answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests));

    /// <summary>For decisions: tried again only where nothing can have arrived.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Once(TimeProvider clock)
        => Build(clock, new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>(WasNeverSent));

    public static bool WasNeverSent(HttpRequestException exception)
        => exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private static ResiliencePipeline<HttpResponseMessage> Build(TimeProvider clock, PredicateBuilder<HttpResponseMessage> again)
        => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = again,
                MaxRetryAttempts = MoreTries,
                Delay = FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                // A server that says when to come again is believed, up to the patience of somebody at a keyboard.
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.Headers.RetryAfter?.Delta is { } wait && wait <= TimeSpan.FromSeconds(10) ? wait : (TimeSpan?)null),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .AddTimeout(LongestCall)
            .Build();
}
