using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SmartCity.Portal.Resident;

/// <summary>How many pages of each town are open, as far as this process is asked: an open page asks about once a minute.</summary>
public sealed class LiveCrowd(IOptions<LiveOptions> options, TimeProvider clock)
{
    private const double LeastSeconds = 1.5;

    private readonly ConcurrentDictionary<string, Minutes> _towns = new(StringComparer.Ordinal);

    public void Count(string municipality) => _towns.GetOrAdd(municipality, _ => new Minutes()).Add(Minute());

    /// <summary>Within how many milliseconds the pages are to ask after an alert, each at a random moment.</summary>
    public int SpreadMilliseconds(string municipality)
    {
        var pages = _towns.TryGetValue(municipality, out var minutes) ? minutes.Most(Minute()) : 0;
        return (int)(1000 * Math.Clamp((double)pages / options.Value.AnswersPerSecond, Math.Min(LeastSeconds, options.Value.SpreadSeconds), options.Value.SpreadSeconds));
    }

    private long Minute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private sealed class Minutes
    {
        private readonly Lock _gate = new();
        private long _minute;
        private int _now;
        private int _before;

        public void Add(long minute)
        {
            lock (_gate)
            {
                Turn(minute);
                _now++;
            }
        }

        public int Most(long minute)
        {
            lock (_gate)
            {
                Turn(minute);
                return Math.Max(_now, _before);
            }
        }

        private void Turn(long minute)
        {
            if (minute != _minute)
            {
                _before = minute == _minute + 1 ? _now : 0;
                (_now, _minute) = (0, minute);
            }
        }
    }
}
