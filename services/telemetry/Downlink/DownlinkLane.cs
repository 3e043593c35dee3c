using System.Threading.Channels;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Commands;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Downlink;

/// <summary>
/// What goes out of, and comes into, one database: the shared one, or a town's own. A database that does not answer holds up no
/// other. Sending and taking are loops of their own, so that a broker which is slow to take holds up no result.
/// </summary>
internal sealed class DownlinkLane(
    LaneOwner owner, DownlinkConnection connection, IngestLanes ingest, IServiceScopeFactory scopes, IOptions<DownlinkOptions> options, TimeProvider clock, ILogger<DownlinkLane> log)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
    private readonly Channel<DeviceAnswer> _answers = Channel.CreateBounded<DeviceAnswer>(new BoundedChannelOptions(options.Value.QueueMessages) { SingleReader = true });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _lostSessions;

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits while too many answers do.</summary>
    public ValueTask WriteAsync(DeviceAnswer answer, CancellationToken cancellationToken) => _answers.Writer.WriteAsync(answer, cancellationToken);

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        Task[] loops = [SendAsync(stoppingToken), TakeAsync(stoppingToken)];
        await await Task.WhenAny(loops);
        await Task.WhenAll(loops);
    }

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        var sweep = TimeSpan.FromSeconds(options.Value.SweepSeconds);
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = sweep;
            try
            {
                await using var scope = NewScope(owner.Municipality);
                var more = await scope.ServiceProvider.GetRequiredService<CommandExpiry>().ExpireAsync(stoppingToken);
                if (connection.IsConnected)
                {
                    // A siren before a setting.
                    more |= await scope.ServiceProvider.GetRequiredService<CommandOutbox>().SendAsync(stoppingToken);
                    var twins = scope.ServiceProvider.GetRequiredService<TwinOutbox>();
                    if (connection.LostSessions is var lost && lost != _lostSessions)
                    {
                        // The broker has lost what it kept.
                        await twins.ForgetAsync(stoppingToken);
                        _lostSessions = lost;
                    }

                    more |= await twins.PublishAsync(stoppingToken);
                }

                failures = 0;
                pause = more ? TimeSpan.Zero : sweep;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // What was not sent stays stored.
                return;
            }
            catch (Exception exception) when (exception is BrokerAwayException || exception.MayPass())
            {
                pause = Pauses.After(++failures);
                log.DownlinkNotSent(exception, owner.Municipality ?? "shared", failures);
            }

            await WaitAsync(pause, stoppingToken);
        }
    }

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(stoppingToken))
            {
                await StoreUntilDoneAsync(answer, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not acknowledged stays with the broker.
            return;
        }
    }

    private async Task StoreUntilDoneAsync(DeviceAnswer answer, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await FinishAsync(answer, await StoreAsync(answer, cancellationToken) ?? answer.Fault, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception.MayPass())
            {
                log.AnswerNotStored(exception, answer.Municipality, answer.Device, attempt);
                await Task.Delay(Pauses.After(attempt), clock, cancellationToken);
            }
        }
    }

    private async Task<Fault?> StoreAsync(DeviceAnswer answer, CancellationToken cancellationToken)
    {
        await using var scope = NewScope(answer.Municipality);
        if (answer.Reported is { } reported)
        {
            await scope.ServiceProvider.GetRequiredService<TwinReports>().TakeAsync(answer, reported, cancellationToken);
        }

        return answer.Result is { } result
            ? await scope.ServiceProvider.GetRequiredService<CommandResults>().TakeAsync(answer, result, cancellationToken)
            : null;
    }

    // A fault is kept with the device, where the installer looks, and acknowledged when it is there.
    private async Task FinishAsync(DeviceAnswer answer, Fault? fault, CancellationToken cancellationToken)
    {
        if (fault is { } refused)
        {
            await ingest.WriteAsync(new IngestItem
            {
                Municipality = answer.Municipality,
                Device = answer.Device,
                ReceivedAt = clock.GetUtcNow(),
                Faults = [refused.Hide()],
                AcknowledgeAsync = answer.AcknowledgeAsync,
            }, cancellationToken);
            return;
        }

        try
        {
            await answer.AcknowledgeAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The connection it came by is gone: the broker sends it again, and it changes nothing.
            log.AcknowledgementNotSent(exception);
        }
    }

    private AsyncServiceScope NewScope(string? municipality)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
        return scope;
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Task woken = _wake.Reader.ReadAsync(either.Token).AsTask();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
