namespace SmartCity.Host.Startup;

/// <summary>Waits until the gateway says that it and everything behind it is ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(string gateway, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway), Timeout = TimeSpan.FromSeconds(3) };
        var started = TimeProvider.System.GetTimestamp();
        var last = "no answer";
        while (TimeProvider.System.GetElapsedTime(started) < atMost)
        {
            try
            {
                using var answer = await client.GetAsync("/readyz", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                last = await answer.Content.ReadAsStringAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                last = exception.Message;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new HostStartException($"Not everything became ready within {atMost.TotalSeconds:0} s. The last answer of {gateway}/readyz was: {last}");
    }
}
