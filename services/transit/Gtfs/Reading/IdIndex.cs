namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Numbers ids in the order in which they come, without making a string of one that is known.</summary>
internal sealed class IdIndex
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public IdIndex() => _bySpan = _indexes.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _indexes.Count;

    public IEnumerable<string> Ids => _indexes.Keys;

    /// <summary>The number of an id, or -1.</summary>
    public int Find(ReadOnlySpan<char> id) => _bySpan.TryGetValue(id, out var index) ? index : -1;

    /// <summary>Gives the id the next number; false where it has one.</summary>
    public bool TryAdd(ReadOnlySpan<char> id) => _bySpan.TryAdd(id, _indexes.Count);

    /// <summary>The number of an id, the next one where it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<char> id)
    {
        TryAdd(id);
        return _bySpan[id];
    }
}

/// <summary>Each text once: of 90,000 headsigns there are some hundred.</summary>
internal sealed class TextPool
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public TextPool() => _bySpan = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<char> text)
    {
        if (!_bySpan.TryGetValue(text, out var known))
        {
            known = text.ToString();
            _texts.Add(known);
        }

        return known;
    }
}
