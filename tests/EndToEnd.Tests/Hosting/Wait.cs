namespace SmartCity.EndToEnd.Tests.Hosting;

internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Asks until the condition holds; fails with the last answer when it never does.</summary>
    public static async Task<T> UntilAsync<T>(Func<CancellationToken, Task<T>> ask, Func<T, bool> condition)
    {
        using var timeout = new CancellationTokenSource(Limit);
        T? last = default;
        try
        {
            while (true)
            {
                try
                {
                    last = await ask(timeout.Token);
                    if (condition(last))
                    {
                        return last;
                    }
                }
                catch (HttpRequestException exception) when (exception.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
                {
                    // Who asks without a pause meets the gateway's limit; it lets in again as time goes on.
                }

                await Task.Yield();
            }
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not come to pass within {Limit.TotalSeconds} s. The last answer was: {last}", exception);
        }
    }
}
