namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The circuit breakers of the paths called last, so that callers cannot make ever more of them.</summary>
internal sealed class RecentBreakers(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, CircuitBreaker>>> _byPath = new(StringComparer.Ordinal);
    private readonly LinkedList<KeyValuePair<string, CircuitBreaker>> _recent = [];

    public IEnumerable<KeyValuePair<string, CircuitBreaker>> All => _recent;

    public CircuitBreaker GetOrAdd(string path, Func<CircuitBreaker> make)
    {
        if (_byPath.TryGetValue(path, out var node))
        {
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Value;
        }

        if (_recent.Count >= capacity && _recent.Last is { } oldest)
        {
            _recent.RemoveLast();
            _byPath.Remove(oldest.Value.Key);
        }

        var breaker = make();
        _byPath[path] = _recent.AddFirst(KeyValuePair.Create(path, breaker));
        return breaker;
    }
}
