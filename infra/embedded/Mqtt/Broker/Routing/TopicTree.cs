namespace SmartCity.Embedded.Mqtt.Broker.Routing;

/// <summary>
/// All subscriptions by the levels of their filters, so that the cost of a match depends on the depth of the topic and
/// not on the number of subscriptions.
/// </summary>
internal sealed class TopicTree
{
    private readonly Node _root = new();

    public int Count { get; private set; }

    public void Add(Subscription subscription)
    {
        var node = _root;
        foreach (var range in subscription.TopicFilter.AsSpan().Split('/'))
        {
            node = node.GetOrAdd(subscription.TopicFilter.AsSpan()[range]);
        }

        node.Add(subscription);
        Count++;
    }

    public void Remove(Subscription subscription)
    {
        if (Remove(_root, subscription.TopicFilter, subscription))
        {
            Count--;
        }
    }

    /// <summary>The group of a shared filter, or null when it has no members.</summary>
    public SharedGroup? FindGroup(string sharedFilter)
    {
        var filter = Codec.TopicRules.SplitShare(sharedFilter, out var group);
        Node? node = _root;
        foreach (var range in filter.AsSpan().Split('/'))
        {
            node = node?.Find(filter.AsSpan()[range]);
        }

        return node?.FindGroup(group!);
    }

    /// <summary>Collects who gets a message of the topic; a leading wildcard does not match <c>$</c> (section 4.7.2).</summary>
    public void Match(ReadOnlySpan<char> topic, List<Subscription> direct, List<SharedGroup> shared)
        => Match(_root, topic, isRoot: true, direct, shared);

    private static void Match(Node node, ReadOnlySpan<char> rest, bool isRoot, List<Subscription> direct, List<SharedGroup> shared)
    {
        var allowsWildcard = !isRoot || !rest.StartsWith('$');
        if (allowsWildcard)
        {
            // "a/#" matches everything below "a", and "a" itself (see Emit).
            node.Find("#")?.Collect(direct, shared);
        }

        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        Follow(node.Find(level), rest, slash, direct, shared);
        if (allowsWildcard)
        {
            Follow(node.Find("+"), rest, slash, direct, shared);
        }
    }

    private static void Follow(Node? child, ReadOnlySpan<char> rest, int slash, List<Subscription> direct, List<SharedGroup> shared)
    {
        if (child is null)
        {
            return;
        }

        if (slash >= 0)
        {
            Match(child, rest[(slash + 1)..], isRoot: false, direct, shared);
            return;
        }

        child.Collect(direct, shared);
        child.Find("#")?.Collect(direct, shared);
    }

    private static bool Remove(Node node, ReadOnlySpan<char> rest, Subscription subscription)
    {
        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        if (node.Find(level) is not { } child)
        {
            return false;
        }

        var removed = slash < 0 ? child.Remove(subscription) : Remove(child, rest[(slash + 1)..], subscription);
        if (child.IsEmpty)
        {
            node.Drop(level);
        }

        return removed;
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? _children;
        private List<Subscription>? _direct;
        private List<SharedGroup>? _shared;

        public bool IsEmpty => _children is not { Count: > 0 } && _direct is not { Count: > 0 } && _shared is not { Count: > 0 };

        public Node? Find(ReadOnlySpan<char> level)
            => _children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public SharedGroup? FindGroup(string name) => _shared?.Find(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));

        public Node GetOrAdd(ReadOnlySpan<char> level)
        {
            if (Find(level) is { } found)
            {
                return found;
            }

            var child = new Node();
            (_children ??= new Dictionary<string, Node>(StringComparer.Ordinal)).Add(level.ToString(), child);
            return child;
        }

        public void Drop(ReadOnlySpan<char> level) => _children?.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);

        public void Add(Subscription subscription)
        {
            if (subscription.Group is not { } name)
            {
                (_direct ??= []).Add(subscription);
                return;
            }

            _shared ??= [];
            var group = FindGroup(name);
            if (group is null)
            {
                _shared.Add(group = new SharedGroup(name));
            }

            group.Members.Add(subscription);
        }

        public bool Remove(Subscription subscription)
        {
            if (subscription.Group is not { } name)
            {
                return _direct?.Remove(subscription) ?? false;
            }

            var group = FindGroup(name);
            if (group is null || !group.Members.Remove(subscription))
            {
                return false;
            }

            if (group.Members.Count == 0)
            {
                _shared!.Remove(group);
            }

            return true;
        }

        public void Collect(List<Subscription> direct, List<SharedGroup> shared)
        {
            if (_direct is not null)
            {
                direct.AddRange(_direct);
            }

            if (_shared is not null)
            {
                shared.AddRange(_shared);
            }
        }
    }
}
