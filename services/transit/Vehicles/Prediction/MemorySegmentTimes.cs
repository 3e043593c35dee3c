using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>Observations in memory, bounded in number; <see cref="Save"/> and <see cref="Load"/> carry them over a restart.</summary>
public sealed class MemorySegmentTimes(IOptions<SegmentTimesOptions> settings) : ISegmentTimes
{
    private readonly SegmentTimesOptions _options = settings.Value;

    /// <summary>A way between two stops that takes longer was not driven in one go.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<SegmentKey, Observations> _observed = new();

    /// <summary>How many segments and hours are remembered.</summary>
    public int Count => _observed.Count;

    public void Observe(string fromStopId, string toStopId, DateTimeOffset at, TimeSpan duration)
    {
        if (duration < TimeSpan.Zero || duration > Longest)
        {
            return;
        }

        var observed = _observed.GetOrAdd(KeyOf(fromStopId, toStopId, at), static _ => new Observations());
        lock (observed)
        {
            observed.Add(duration.TotalSeconds);
            observed.NewestAt = at;
        }

        if (_observed.Count > _options.MostSegments)
        {
            Forget();
        }
    }

    public LearnedTime? Find(string fromStopId, string toStopId, DateTimeOffset at)
    {
        if (!_observed.TryGetValue(KeyOf(fromStopId, toStopId, at), out var observed))
        {
            return null;
        }

        lock (observed)
        {
            return observed.Count < _options.LeastObservations ? null : observed.Summarize(_options.Fading);
        }
    }

    /// <summary>All that is remembered, for a store.</summary>
    public SegmentTimesSnapshot Save()
    {
        var rows = new List<SegmentTimesRow>(_observed.Count);
        foreach (var (key, observed) in _observed)
        {
            lock (observed)
            {
                rows.Add(new SegmentTimesRow(key.FromStopId, key.ToStopId, key.Day, key.Hour, observed.ToArray(), observed.NewestAt));
            }
        }

        return new SegmentTimesSnapshot(rows);
    }

    /// <summary>Takes over what was saved. What was observed since stays, as the newer.</summary>
    public void Load(SegmentTimesSnapshot snapshot)
    {
        foreach (var row in snapshot.Rows.OrderByDescending(static row => row.NewestAt).Take(_options.MostSegments))
        {
            var saved = new Observations(row.Seconds) { NewestAt = row.NewestAt };
            _observed.AddOrUpdate(new SegmentKey(row.FromStopId, row.ToStopId, row.Day, row.Hour), saved, (_, since) =>
            {
                lock (since)
                {
                    return new Observations([.. row.Seconds, .. since.ToArray()]) { NewestAt = since.NewestAt };
                }
            });
        }
    }

    private static SegmentKey KeyOf(string fromStopId, string toStopId, DateTimeOffset at) => new(
        fromStopId, toStopId, at.DayOfWeek switch { DayOfWeek.Saturday => DayType.Saturday, DayOfWeek.Sunday => DayType.Sunday, _ => DayType.Weekday }, at.Hour);

    // A tenth at once, so that the next observations need not look for the oldest again.
    private void Forget()
    {
        foreach (var (key, _) in _observed.OrderBy(static entry => entry.Value.NewestAt).Take(Math.Max(1, _options.MostSegments / 10)).ToArray())
        {
            _observed.TryRemove(key, out _);
        }
    }
}

/// <summary>All observations, as they are stored.</summary>
public sealed record SegmentTimesSnapshot(IReadOnlyList<SegmentTimesRow> Rows);

/// <param name="Seconds">Oldest first.</param>
public sealed record SegmentTimesRow(string FromStopId, string ToStopId, DayType Day, int Hour, float[] Seconds, DateTimeOffset NewestAt);
