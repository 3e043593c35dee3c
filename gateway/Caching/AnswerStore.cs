using System.Collections.Concurrent;

namespace SmartCity.Gateway.Caching;

/// <summary>
/// A bounded map in two generations: when the newer has half of the bytes it becomes the older, and what was there is
/// gone, unless it was asked for meanwhile.
/// </summary>
internal sealed class AnswerStore(long mostBytes)
{
    private volatile Generation _newer = new();
    private volatile Generation _older = new();

    public CachedAnswer? Find(in CacheKey key)
    {
        if (_newer.Answers.TryGetValue(key, out var answer))
        {
            return answer;
        }

        if (_older.Answers.TryGetValue(key, out answer))
        {
            Keep(key, answer);
            return answer;
        }

        return null;
    }

    public void Keep(in CacheKey key, CachedAnswer answer)
    {
        var newer = _newer;
        newer.Answers[key] = answer;
        if (Interlocked.Add(ref newer.Bytes, answer.Bytes + key.Bytes) >= mostBytes / 2
            && Interlocked.CompareExchange(ref _newer, new Generation(), newer) == newer)
        {
            _older = newer;
        }
    }

    private sealed class Generation
    {
        // Counts what was put in; a replaced answer is counted twice, which errs on the small side.
        public long Bytes;

        public ConcurrentDictionary<CacheKey, CachedAnswer> Answers { get; } = new();
    }
}
