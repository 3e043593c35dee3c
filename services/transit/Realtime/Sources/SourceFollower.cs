using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>Asks for the feeds that manifests name, each at its pace; one that fails again and again is asked less and less often.</summary>
internal sealed class SourceFollower(
    SourceBook book, SourceDesk desk, SourceClient client, ITownDirectory towns, IOptions<SourceOptions> options, TimeProvider clock, ILogger<SourceFollower> log)
    : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly Backoff _pauses = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(options.Value.LongestPauseSeconds));

    /// <summary>Asks for all that are due.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        var due = new List<Task>();
        foreach (var town in towns.Towns.Where(static town => town.Offers(AppIds.Transit)))
        {
            var named = SourceSettings.Of(town);
            foreach (var source in book.Of(town.Code).Where(source => source.Url is not null && named.All(setting => setting.Id != source.Id)))
            {
                // The manifest names it no more.
                book.Remove(town.Code, source.Id);
                desk.Forget(town.Code, source.Id);
            }

            foreach (var setting in named)
            {
                if (book.Get(town.Code, setting.Id) is { } source && source.NextAt <= clock.GetUtcNow())
                {
                    source.Url = setting.Url;
                    due.Add(AskAsync(town.Code, source, setting, cancellationToken));
                }
            }
        }

        await Task.WhenAll(due);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Follow && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.FollowingFailed(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Step, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(string municipality, Source source, SourceSettings setting, CancellationToken cancellationToken)
    {
        await source.Gate.WaitAsync(cancellationToken);
        try
        {
            var content = await client.GetAsync(source, cancellationToken);
            if (content is null)
            {
                source.Health = source.Health with { TriedAt = clock.GetUtcNow() };
            }

            // What is no feed is a failure like no answer: it is asked for whole the next time.
            if (content is null || await desk.TakeAsync(municipality, source, content))
            {
                source.Failures = 0;
                source.NextAt = clock.GetUtcNow() + TimeSpan.FromSeconds(setting.EverySeconds ?? options.Value.EverySeconds);
                return;
            }

            Fail(municipality, source, setting, source.Health.Fault!);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = exception is OperationCanceledException ? $"No answer within {options.Value.TimeoutSeconds} s." : exception.Message;
            source.Health = source.Health with { TriedAt = clock.GetUtcNow(), Fault = fault };
            Fail(municipality, source, setting, fault);
        }
        finally
        {
            source.Gate.Release();
        }
    }

    private void Fail(string municipality, Source source, SourceSettings setting, string fault)
    {
        (source.ETag, source.LastModified) = (null, null);
        var pause = TimeSpan.FromSeconds(setting.EverySeconds ?? options.Value.EverySeconds);
        if (++source.Failures > options.Value.FailuresBeforePause)
        {
            var longer = _pauses.After(source.Failures - options.Value.FailuresBeforePause);
            pause = longer > pause ? longer : pause;
        }

        source.NextAt = clock.GetUtcNow() + pause;
        log.FeedNotFetched(municipality, source.Id, fault, source.Failures, pause.TotalSeconds);
    }
}
