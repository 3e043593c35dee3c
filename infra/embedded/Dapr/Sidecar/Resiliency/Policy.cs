namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>What counts for one target; null parts are not asked for.</summary>
/// <param name="Timeout">Limit of each attempt.</param>
/// <param name="Retry">When to try again.</param>
/// <param name="Breaker">The target's circuit breaker.</param>
internal sealed record Policy(TimeSpan? Timeout, RetryPolicy? Retry, CircuitBreaker? Breaker)
{
    public static readonly Policy None = new(null, null, null);

    /// <summary>Runs an operation of the sidecar's own, such as a write, under the policy.</summary>
    /// <param name="operation">May run several times.</param>
    /// <param name="isFailure">Which exceptions are the target's failures; others pass through at once.</param>
    /// <param name="clock">The clock of pauses and timeouts.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, Func<Exception, bool> isFailure, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                return await AttemptAsync(operation, isFailure, clock, cancellationToken);
            }
            catch (Exception exception) when ((isFailure(exception) || exception is TimeoutException) && Retry?.Allows(retries) == true)
            {
                await Task.Delay(Retry.PauseBefore(retries + 1), clock, cancellationToken);
            }
        }
    }

    private async Task<T> AttemptAsync<T>(Func<Task<T>> operation, Func<Exception, bool> isFailure, TimeProvider clock, CancellationToken cancellationToken)
    {
        var ticket = Breaker?.Enter() ?? 0;
        var isSuccess = (bool?)null;
        try
        {
            var running = operation();
            var result = Timeout is { } timeout ? await running.WaitAsync(timeout, clock, cancellationToken) : await running;
            isSuccess = true;
            return result;
        }
        catch (Exception exception)
        {
            isSuccess = isFailure(exception) || exception is TimeoutException ? false : null;
            throw;
        }
        finally
        {
            if (isSuccess is { } outcome)
            {
                Breaker?.Report(ticket, outcome);
            }
            else
            {
                Breaker?.Withdraw(ticket);
            }
        }
    }
}
