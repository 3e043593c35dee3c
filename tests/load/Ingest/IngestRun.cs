using System.Diagnostics;

namespace SmartCity.Load.Ingest;

/// <summary>Something that stores what devices publish, in processes of its own.</summary>
internal interface IMeasuredPipeline : IAsyncDisposable
{
    string Name { get; }

    int MqttPort { get; }

    /// <summary>Processor time of all its processes.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Messages that are committed so far.</summary>
    Task<long> StoredAsync();
}

/// <summary>What one run measured.</summary>
/// <param name="Microseconds">Processor time that a message took, broker to disk.</param>
/// <param name="Lost">Acknowledged, and never stored.</param>
internal sealed record IngestResult(double MessagesPerSecond, double Microseconds, long Lost);

/// <summary>
/// A thousand devices against one pipeline, as fast as it stores: the devices are at most a few tens of thousands of messages
/// ahead of the disk, so that what is measured is the whole path and not how much a queue holds.
/// </summary>
internal sealed class IngestRun(IMeasuredPipeline pipeline, DeviceFleet fleet)
{
    public const int MostAhead = 30_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<IngestResult> RunAsync(TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        fleet.StayWithin(MostAhead);
        fleet.Start();
        var following = Task.Run(() => FollowAsync(stop.Token), CancellationToken.None);
        Pause.For(warmUp, cancellationToken);
        var clock = Stopwatch.StartNew();
        var (before, workBefore) = (await pipeline.StoredAsync(), pipeline.ProcessorTime);
        Pause.For(duration, cancellationToken);
        var (stored, work, seconds) = (await pipeline.StoredAsync() - before, pipeline.ProcessorTime - workBefore, clock.Elapsed.TotalSeconds);
        await fleet.StopAsync();
        var lost = await MissingAsync(cancellationToken);
        await stop.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new IngestResult(stored / seconds, work.TotalMicroseconds / Math.Max(stored, 1), lost);
    }

    /// <summary>Keeps the fleet going until so many messages are stored.</summary>
    /// <exception cref="TimeoutException">For a minute nothing more was stored.</exception>
    public async Task StoredAsync(long messages, CancellationToken cancellationToken, Action<long>? progress = null)
    {
        var still = Stopwatch.StartNew();
        for (var stored = 0L; stored < messages; Pause.For(TimeSpan.FromMilliseconds(10), cancellationToken))
        {
            var now = await pipeline.StoredAsync();
            if (now > stored)
            {
                still.Restart();
            }
            else if (still.Elapsed > Patience)
            {
                throw new TimeoutException($"Of {messages} messages {stored} are stored, and no more come.");
            }

            stored = now;
            fleet.SetStored(stored);
            progress?.Invoke(stored);
        }
    }

    /// <summary>Waits for what was acknowledged; what is not stored after a minute counts as lost.</summary>
    private async Task<long> MissingAsync(CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); ; Pause.For(TimeSpan.FromMilliseconds(20), cancellationToken))
        {
            var missing = fleet.Acknowledged - await pipeline.StoredAsync();
            if (missing <= 0 || waited.Elapsed > Patience)
            {
                return missing;
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            fleet.SetStored(await pipeline.StoredAsync());
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
