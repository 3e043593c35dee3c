using Microsoft.Extensions.Options;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>How many subscriptions a source and a town may ask for: a flood ends here, before anything is read or written.</summary>
internal sealed class SubscriptionGate(IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <returns>Null to go on, else how long to wait.</returns>
    public TimeSpan? TryEnter(string municipality, string source)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            // The source first, so that one that floods does not use up what the town has for others.
            return Count($"source {municipality} {source}", options.Value.SubscriptionsPerSourceAndHour, Hour, now)
                ?? Count($"town {municipality}", options.Value.SubscriptionsPerTownAndMinute, Minute, now);
        }
    }

    private TimeSpan? Count(string key, int most, TimeSpan span, DateTimeOffset now)
    {
        if (!_windows.TryGetValue(key, out var window) || window.Ends <= now)
        {
            if (IsFull(now))
            {
                return Minute;
            }

            _windows[key] = window = new Window { Ends = now + span };
        }

        if (window.Count >= most)
        {
            return window.Ends - now;
        }

        window.Count++;
        return null;
    }

    // More sources at a time than any town has residents: whoever is new waits.
    private bool IsFull(DateTimeOffset now)
    {
        if (_windows.Count < MostRemembered)
        {
            return false;
        }

        foreach (var ended in _windows.Where(pair => pair.Value.Ends <= now).Select(pair => pair.Key).ToList())
        {
            _windows.Remove(ended);
        }

        return _windows.Count >= MostRemembered;
    }

    private sealed class Window
    {
        public required DateTimeOffset Ends { get; init; }

        public int Count { get; set; }
    }
}
