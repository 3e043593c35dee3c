namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// Which app may use which topic of a pub/sub component: its metadata <c>publishingScopes</c>, <c>subscriptionScopes</c>,
/// <c>allowedTopics</c> and <c>protectedTopics</c> (Dapr docs, "Scope Pub/sub topic access").
/// </summary>
internal sealed class TopicScopes(string? publishing, string? subscription, string? allowed, string? protectedTopics)
{
    public static readonly TopicScopes All = new(null, null, null, null);

    private readonly Dictionary<string, HashSet<string>> _publishing = ByApp(publishing);
    private readonly Dictionary<string, HashSet<string>> _subscription = ByApp(subscription);
    private readonly HashSet<string> _allowed = Names(allowed);
    private readonly HashSet<string> _protected = Names(protectedTopics);

    public bool MayPublish(string appId, string topic) => IsAllowed(topic, _publishing.GetValueOrDefault(appId));

    public bool MaySubscribe(string appId, string topic) => IsAllowed(topic, _subscription.GetValueOrDefault(appId));

    private bool IsAllowed(string topic, HashSet<string>? scoped)
    {
        if (_allowed.Count > 0 && !_allowed.Contains(topic))
        {
            return false;
        }

        // An app without a scope may use every topic but the protected ones.
        return scoped is null ? !_protected.Contains(topic) : scoped.Contains(topic);
    }

    // "app1=topic1,topic2;app2=" : an app with no topic behind its sign may use none.
    private static Dictionary<string, HashSet<string>> ByApp(string? text)
    {
        var scopes = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var app in (text ?? "").Replace(" ", "", StringComparison.Ordinal).Split(';'))
        {
            var parts = app.Split('=');
            if (parts.Length >= 2)
            {
                scopes.TryAdd(parts[0], new HashSet<string>(StringComparer.Ordinal));
                scopes[parts[0]].UnionWith(parts[1].Split(','));
            }
        }

        return scopes;
    }

    private static HashSet<string> Names(string? text)
        => (text ?? "").Replace(" ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
