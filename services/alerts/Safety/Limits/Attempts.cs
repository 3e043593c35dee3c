using System.Collections.Concurrent;

namespace SmartCity.Alerts.Safety.Limits;

/// <summary>Counts what comes in a minute, by who asks. Each process counts for itself; the gateway's limits stand before it.</summary>
public sealed class Attempts(TimeProvider clock)
{
    private const int MostKeys = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Kind, string Town, string Who), Count> _counts = new();

    /// <summary>Whether one more may be taken; if not, how long until it may.</summary>
    /// <param name="kind">What is counted.</param>
    /// <param name="town">In which town.</param>
    /// <param name="who">By whom; empty for all together.</param>
    /// <param name="most">How many a minute.</param>
    /// <param name="wait">Zero where it may.</param>
    public bool TryTake(string kind, string town, string who, int most, out TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        if (_counts.Count >= MostKeys)
        {
            Forget(now);
        }

        var count = _counts.AddOrUpdate((kind, town, who), static (_, now) => new Count(now, 1),
            static (_, old, now) => now - old.Since >= Window ? new Count(now, 1) : old with { Number = Math.Min(old.Number + 1, int.MaxValue - 1) }, now);
        wait = count.Number <= most ? TimeSpan.Zero : count.Since + Window - now;
        return count.Number <= most;
    }

    /// <summary>Uncounts one that was taken and turned out not to be of the kind.</summary>
    public void GiveBack(string kind, string town, string who)
    {
        while (_counts.TryGetValue((kind, town, who), out var count) && count.Number > 0
            && !_counts.TryUpdate((kind, town, who), count with { Number = count.Number - 1 }, count))
        {
            // Somebody else counted meanwhile.
        }
    }

    // More addresses than that in a minute are an attack from many: the limit of the whole town, which stays, is then the one that counts.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, count) in _counts)
        {
            if (now - count.Since >= Window || (key.Who.Length > 0 && _counts.Count >= MostKeys))
            {
                _counts.TryRemove(key, out _);
            }
        }
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Count(DateTimeOffset Since, int Number);
}
