using SmartCity.Gateway.Door;
using SmartCity.Gateway.Limits;
using SmartCity.ServiceDefaults.Net;
using SmartCity.ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace SmartCity.Gateway.Forwarding;

/// <summary>What a failed exchange says about the replica, and what the caller is told.</summary>
internal sealed class Failures(GatewayMetrics metrics, ILogger<Failures> log)
{
    private const string Unknown = "Whether anything was saved is not known: read it again before you repeat the request.";
    private const string ReadOnly = "Nothing was changed; ask again in a moment.";

    /// <param name="Refusal">Null when nobody is there to be told.</param>
    public readonly record struct Verdict(IResult? Refusal, bool MayRetry);

    /// <param name="error">What failed, or null when nothing did.</param>
    public void Note(Call call, Replica replica, string? error)
    {
        if (error is null)
        {
            replica.Succeeded();
        }
        else if (replica.Failed())
        {
            metrics.CircuitsOpened.Add(1);
            log.CircuitOpened(replica.Address, call.Target!.Name, error);
        }
    }

    public Verdict Judge(Call call, Replica replica, Exchange exchange, TimeLimit limit)
    {
        using var trace = call.Trace.Begin();
        var exception = call.Http.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (Find<BadHttpRequestException>(exception) is { } bad)
        {
            return new Verdict(
                bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? BodyLimits.TooLarge(call.Limits.MaximumRequestBytes)
                    : Problem.Of(bad.StatusCode, "bad-request", "The request cannot be read.", "Its body is not what its headers say. Nothing was saved."),
                MayRetry: false);
        }

        if (call.Http.RequestAborted.IsCancellationRequested)
        {
            return new Verdict(null, MayRetry: false);
        }

        if (Find<AddressRefusedException>(exception) is { } refused)
        {
            metrics.TargetsRefused.Add(1);
            log.TargetRefused(call.Target!.Name, call.Town?.Code, refused.Kind);
            return new Verdict(
                Problem.Of(StatusCodes.Status502BadGateway, "target-refused", "This service is not where it may be.",
                    $"The address of '{call.Target.Name}' is {refused.Kind}, which needs an operator's agreement. Nothing was sent; the town's staff have to ask the operator."),
                MayRetry: false);
        }

        if (exchange.IsStream)
        {
            // Streams end when a service restarts; their readers come again.
            return new Verdict(null, MayRetry: false);
        }

        // A caller who sends a body slowly must not be able to close a service to others.
        if (!limit.IsOver || call.IsRepeatable)
        {
            Note(call, replica, exchange.IsUnanswered ? "its own answer" : limit.IsOver ? "no answer in time" : exception?.Message ?? "no answer");
        }

        return limit.IsOver
            ? new Verdict(
                Problem.Of(StatusCodes.Status504GatewayTimeout, "service-timeout", "The service did not answer in time.",
                    $"'{call.Target!.Name}' has {call.Limits.Timeout.TotalSeconds} s for an answer. {Consequence(call)}"),
                MayRetry: false)
            : new Verdict(
                Problem.Of(StatusCodes.Status502BadGateway, "service-unreachable", "The service cannot be reached.",
                    $"'{call.Target!.Name}' does not answer. {Consequence(call)}"),
                MayRetry: true);
    }

    public IResult NobodyThere(Call call)
    {
        call.Http.Response.Headers.RetryAfter = "2";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "service-unavailable", "The service is not available.",
            $"'{call.Target!.Name}' failed several times and is left alone for a moment. Nothing was sent to it; try again in a few seconds.");
    }

    private static string Consequence(Call call) => call.IsReading ? ReadOnly : Unknown;

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }

            if (exception is AggregateException { InnerExceptions: var all } && all.Select(Find<T>).OfType<T>().FirstOrDefault() is { } inside)
            {
                return inside;
            }
        }

        return null;
    }
}
