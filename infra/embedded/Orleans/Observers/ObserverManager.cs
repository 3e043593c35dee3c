using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>The observers of a grain, known by their references.</summary>
/// <typeparam name="TObserver">The observers' interface.</typeparam>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <summary>
/// The observers of a grain. Those that did not subscribe again within the expiration, and those that fail, are dropped
/// when the next notification goes out. For use in the turns of one grain; its clock is <see cref="GetDateTime"/>.
/// </summary>
/// <typeparam name="TIdentity">What an observer is known by.</typeparam>
/// <typeparam name="TObserver">The observers' interface.</typeparam>
public partial class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, (TObserver Observer, DateTime LastSeen)> _observers = [];
    private readonly ILogger _log;

    /// <summary>Makes an empty manager.</summary>
    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
        GetDateTime = static () => TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    /// <summary>The clock, UTC.</summary>
    public Func<DateTime> GetDateTime { get; set; }

    /// <summary>How long a subscription lasts.</summary>
    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>How many are subscribed, those that expired meanwhile too.</summary>
    public int Count => _observers.Count;

    /// <summary>The observers as they are now.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _observers.ToDictionary(static pair => pair.Key, static pair => pair.Value.Observer);

    /// <summary>Drops all.</summary>
    public void Clear() => _observers.Clear();

    /// <summary>Adds an observer, or renews its subscription.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _observers[id] = (observer, GetDateTime());

    /// <summary>Drops an observer.</summary>
    public void Unsubscribe(TIdentity id) => _observers.Remove(id);

    /// <summary>Tells every observer that the predicate picks, one after another.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception exception)
            {
                Drop(id, exception);
            }
        }
    }

    /// <summary>Tells every observer that the predicate picks.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception exception)
            {
                Drop(id, exception);
            }
        }
    }

    /// <summary>Drops those that did not subscribe again in time.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, entry) in _observers.ToArray())
        {
            if (entry.LastSeen + ExpirationDuration < now)
            {
                _observers.Remove(id);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TObserver> GetEnumerator() => Observers.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // A copy, because observers come and go while a notification awaits.
    private List<(TIdentity Id, TObserver Observer)> Live(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _observers.Where(pair => predicate is null || predicate(pair.Value.Observer)).Select(static pair => (pair.Key, pair.Value.Observer))];
    }

    private void Drop(TIdentity id, Exception exception)
    {
        LogDropped(_log, id, exception);
        _observers.Remove(id);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Id} failed and is dropped")]
    private static partial void LogDropped(ILogger logger, TIdentity id, Exception exception);
}
