namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Decides what follows a failed delivery, and waits for it.</summary>
internal sealed class Redelivery(DaprDeliveryOptions options, TimeProvider clock)
{
    /// <summary>The failures to count on from, or null when the event is to be given up.</summary>
    /// <param name="policy">The component's inbound policy.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="failures">Failures so far, this one among them.</param>
    /// <param name="status">The app's HTTP status, or 0.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task<int?> NextAsync(Policy policy, Subscription subscription, int failures, int status, CancellationToken stopping)
    {
        if (policy.Retry is not { } retry)
        {
            if (options.MaximumRetries >= 0 && failures > options.MaximumRetries)
            {
                return null;
            }

            await PauseAsync(failures, stopping);
            return failures;
        }

        if (retry.Allows(failures - 1) && (status == 0 || retry.Matches(status)))
        {
            await Task.Delay(retry.PauseBefore(failures), clock, stopping);
            return failures;
        }

        if (subscription.DeadLetterTopic is not null)
        {
            return null;
        }

        // As upstream's brokers do, with the policy from its start.
        await PauseAsync(int.MaxValue, stopping);
        return 0;
    }

    public Task PauseAsync(int failures, CancellationToken stopping)
        => Task.Delay(Backoff.After(failures, options.InitialBackoff, options.MaximumBackoff), clock, stopping);

    /// <summary>The pause after an app could not be reached: its gate is closed, and this is for the case that only new connections fail.</summary>
    public Task ProbePauseAsync(CancellationToken stopping) => Task.Delay(options.InitialProbePause, clock, stopping);

    /// <summary>Asks the policy's breaker, or waits while it is open: the queue keeps what it has.</summary>
    public async Task<long?> TryEnterAsync(Policy policy, CancellationToken stopping)
    {
        try
        {
            return policy.Breaker?.Enter() ?? 0;
        }
        catch (CircuitOpenException)
        {
            var openFor = policy.Breaker!.OpenFor;
            await Task.Delay(openFor > options.InitialBackoff ? openFor : options.InitialBackoff, clock, stopping);
            return null;
        }
    }

    /// <summary>Tells the breaker how an attempt went; an app that is down, or a break-off (null), counts as none.</summary>
    public static void Report(Policy policy, long ticket, DeliveryResult? result)
    {
        if (result is null or DeliveryResult.Unreachable)
        {
            policy.Breaker?.Withdraw(ticket);
        }
        else
        {
            policy.Breaker?.Report(ticket, result is not DeliveryResult.Retry);
        }
    }
}
