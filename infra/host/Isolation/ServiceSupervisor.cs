using System.Diagnostics;

namespace SmartCity.Host.Isolation;

/// <summary>Keeps one service running as a child process: when it dies it is started again, more slowly each time in a row.</summary>
internal sealed class ServiceSupervisor(
    string appId, string url, IReadOnlyDictionary<string, string?> settings, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            var started = clock.GetTimestamp();
            using var process = StartProcess();
            log.ServiceStarted(appId, process.Id);
            await process.WaitForExitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                await StopAsync(process);
                return;
            }

            pause = clock.GetElapsedTime(started) > StableAfter ? FirstPause : pause;
            log.ServiceDied(appId, process.ExitCode, pause.TotalSeconds);
            await Task.Delay(pause, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private Process StartProcess()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServiceSupervisor).Assembly.Location);
        }

        foreach (var argument in new[] { ServiceProcess.CommandName, appId, "--urls", url })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"The process of {appId} did not start.");
    }

    private async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopWithin, clock);
        await process.WaitForExitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
        {
            log.ServiceKilled(appId);
            process.Kill(entireProcessTree: true);
        }
    }
}
