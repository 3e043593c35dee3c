using System.Globalization;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Host.Startup;

namespace SmartCity.Host.Access;

/// <summary>
/// Follows the registry's device keys: one question after the other, each held open there until a key changes. A session
/// whose key was revoked or has expired is dropped at once.
/// </summary>
internal sealed class DeviceKeyFeed : IAsyncDisposable
{
    private const int WaitSeconds = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ExpiryCheck = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a device that connects just after the start waits for the registry, with and without a cache.</summary>
    private static readonly TimeSpan PatienceWithCache = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceWithout = TimeSpan.FromSeconds(8);

    private readonly HttpClient _registry;
    private readonly DeviceKeyCache _cache;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _isCached;
    private Task _patience = Task.CompletedTask;
    private Task _running = Task.CompletedTask;
    private Func<string, Task> _drop = static _ => Task.CompletedTask;
    private long _version;

    /// <param name="registry">Base address of the registry.</param>
    public DeviceKeyFeed(Uri registry, DataDirectory data, TimeProvider clock, ILogger log)
    {
        _registry = new HttpClient { BaseAddress = registry, Timeout = TimeSpan.FromSeconds(30) };
        _cache = new DeviceKeyCache(data, log);
        _clock = clock;
        _log = log;
        Table = new DeviceKeyTable(clock);
        if (_cache.Read() is { } cached)
        {
            Table.Take(cached with { IsWhole = true });
            _isCached = true;
        }
    }

    public DeviceKeyTable Table { get; }

    /// <summary>Begins to follow.</summary>
    /// <param name="drop">Drops the sessions of a user at the broker.</param>
    public void Start(Func<string, Task> drop)
    {
        _drop = drop;
        _patience = Task.Delay(_isCached ? PatienceWithCache : PatienceWithout, _clock, _stopping.Token);
        _running = Task.WhenAll(FollowAsync(_stopping.Token), ExpireAsync(_stopping.Token));
    }

    /// <summary>Whether the keys are known; while the registry has not answered since the start, it is waited for a little.</summary>
    public async ValueTask<bool> IsKnownAsync(CancellationToken cancellationToken)
    {
        if (!_first.Task.IsCompleted)
        {
            await Task.WhenAny(_first.Task, _patience).WaitAsync(cancellationToken);
        }

        return _isCached || _first.Task.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _registry.Dispose();
        _stopping.Dispose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await AskAsync(cancellationToken);
                failures = 0;
                _first.TrySetResult();
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
            {
                if (++failures % 50 == 25)
                {
                    _log.KeysNotFollowed(exception.Message, failures);
                }

                await Task.Delay(PauseAfter(failures), _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var question = string.Create(CultureInfo.InvariantCulture,
            $"internal/device-keys?after={_version}&waitSeconds={(_first.Task.IsCompleted ? WaitSeconds : 0)}");
        var changes = await _registry.GetFromJsonAsync<DeviceKeyChanges>(new Uri(question, UriKind.Relative), CityJson.Options, cancellationToken)
            ?? throw new JsonException("The registry answered nothing.");
        if (changes.Version == _version && _first.Task.IsCompleted)
        {
            return;
        }

        _version = changes.Version;
        await DropAsync(Table.Take(changes), "revoked");
        _cache.Write(new DeviceKeyChanges(_version, true, Table.Snapshot()));
    }

    // The clock is looked at, rather than a timer set: it may be put right while the host runs.
    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ExpiryCheck, _clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await DropAsync(Table.Expire(), "expired");
        }
    }

    private async Task DropAsync(IReadOnlyList<string> users, string why)
    {
        foreach (var userName in users)
        {
            try
            {
                await _drop(userName);
                _log.DeviceDropped(userName, why);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                _log.DeviceNotDropped(exception, userName);
            }
        }
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(25 * Math.Pow(2, Math.Min(failures, 6)) * (0.75 + (Random.Shared.NextDouble() / 2)));
        return pause < LongestPause ? pause : LongestPause;
    }
}
