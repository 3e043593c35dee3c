namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Sequences that were expected and have not come: as ranges, so that a log with a large hole needs no large memory.</summary>
internal sealed class SequenceGaps
{
    private readonly List<(long From, long To, long Line)> _ranges = [];

    public IReadOnlyList<(long From, long To, long Line)> Ranges => _ranges;

    public void Add(long from, long to, long line) => _ranges.Add((from, to, line));

    /// <summary>Whether the sequence was missing until now.</summary>
    public bool TryFill(long sequence)
    {
        var index = _ranges.FindIndex(range => range.From <= sequence && sequence <= range.To);
        if (index < 0)
        {
            return false;
        }

        var (from, to, line) = _ranges[index];
        _ranges.RemoveAt(index);
        if (sequence < to)
        {
            _ranges.Insert(index, (sequence + 1, to, line));
        }

        if (from < sequence)
        {
            _ranges.Insert(index, (from, sequence - 1, line));
        }

        return true;
    }
}
