using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>
/// Follows the registry: one question after the other, each held open there until something changes. Events are not used
/// for this, since of several replicas of a service only one receives an event, and each needs the towns.
/// </summary>
internal sealed class RegistryFeed(
    TownDirectory directory, TownCache cache, IHttpClientFactory clients, IOptions<RegistryFeedOptions> options, TimeProvider clock, ILogger<RegistryFeed> log)
    : BackgroundService
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    // The start of the whole platform waits for this one answer.
    private static readonly Backoff FirstPauses = Pauses with { Longest = TimeSpan.FromMilliseconds(200) };
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;
    private bool _fromCache;

    /// <summary>Whether the towns are known, be it from the cache.</summary>
    public bool HasTowns => _fromCache || _first.Task.IsCompleted;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (cache.Read() is { } cached)
        {
            // Version 0 asks for everything again: the cache may be of another registry.
            directory.Replace(cached.Towns);
            _fromCache = true;
        }

        await base.StartAsync(cancellationToken);
        if (!_fromCache)
        {
            // What starts after this finds its towns; without a registry it starts all the same, and is not ready.
            await _first.Task.WaitAsync(TimeSpan.FromSeconds(options.Value.FirstAnswerWithinSeconds), clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AskAsync(stoppingToken);
                failures = 0;
                _first.TrySetResult();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
            {
                failures++;
                if (failures % 50 == 25)
                {
                    log.RegistryNotReached(exception.Message, failures);
                }

                await Task.Delay((_first.Task.IsCompleted ? Pauses : FirstPauses).After(failures), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(AppIds.Registry);
        var question = string.Create(CultureInfo.InvariantCulture,
            $"internal/towns?after={_version}&waitSeconds={(_first.Task.IsCompleted ? options.Value.WaitSeconds : 0)}");
        var changes = await client.GetFromJsonAsync<TownChanges>(new Uri(question, UriKind.Relative), CityJson.Options, cancellationToken)
            ?? throw new JsonException("The registry answered nothing.");
        if (changes.Version == _version && _first.Task.IsCompleted)
        {
            return;
        }

        // The first answer is everything there is, and a registry that was set up anew counts from the beginning.
        if (_version == 0 || changes.Version < _version)
        {
            directory.Replace(changes.Towns);
        }
        else
        {
            directory.Change(changes.Towns, changes.Removed);
        }

        _version = changes.Version;
        cache.Write(_version, directory.Towns);
        log.TownsChanged(_version, changes.Towns.Count, changes.Removed.Count);
    }
}

/// <summary>A service that knows no town can answer nothing.</summary>
internal sealed class RegistryFeedCheck(RegistryFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(feed.HasTowns
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The registry has not answered yet, so no town is known."));
}
