namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Everything that was declared: components, subscriptions and policies, built in or from resource files.</summary>
internal sealed record ComponentCatalog(
    IReadOnlyList<PubsubComponent> Pubsubs,
    IReadOnlyList<StateStoreComponent> StateStores,
    IReadOnlyList<SecretStoreComponent> SecretStores,
    IReadOnlyList<DeclaredTopic> Declared,
    IReadOnlyList<ResiliencyResource> Resiliency)
{
    private const string EmbeddedVersion = "v1";

    /// <summary>What exists without resource files.</summary>
    public static ComponentCatalog BuiltIn(DaprSidecarOptions options) => new(
        [.. options.PubsubNames.Select(name => new PubsubComponent(name, "pubsub.embedded", EmbeddedVersion, [], TopicScopes.All))],
        [.. options.StateStoreNames.Select(name => new StateStoreComponent(name, "state.embedded", EmbeddedVersion, [], StateKeys.DefaultPrefix))],
        [],
        [.. options.Subscriptions.Select(DeclaredTopic.Of)],
        []);

    /// <summary>The pub/sub component as the app sees it: null when there is none or it is not in its scope.</summary>
    public PubsubComponent? PubsubFor(string appId, string name)
        => Find(Pubsubs, appId, name);

    public StateStoreComponent? StateStoreFor(string appId, string name)
        => Find(StateStores, appId, name);

    public SecretStoreComponent? SecretStoreFor(string appId, string name)
        => Find(SecretStores, appId, name);

    public IEnumerable<Component> ComponentsOf(string appId)
        => ((IEnumerable<Component>)[.. Pubsubs, .. StateStores, .. SecretStores]).Where(c => c.IsFor(appId));

    public bool MaySubscribe(string appId, TopicKey topic) => PubsubFor(appId, topic.Pubsub)?.Topics.MaySubscribe(appId, topic.Topic) == true;

    /// <summary>What is declared for an app and allowed to it.</summary>
    public IEnumerable<Subscription> DeclaredFor(string appId) => Declared
        .Where(d => d.IsFor(appId) && MaySubscribe(appId, d.Subscription.TopicKey))
        .Select(d => d.Subscription).DistinctBy(s => s.TopicKey);

    // Every publish asks, so without an enumerator's cost.
    private static T? Find<T>(IReadOnlyList<T> components, string appId, string name)
        where T : Component
    {
        for (var i = 0; i < components.Count; i++)
        {
            if (string.Equals(components[i].Name, name, StringComparison.Ordinal) && components[i].IsFor(appId))
            {
                return components[i];
            }
        }

        return null;
    }
}

/// <summary>A declared subscription and the apps it is for; an empty list is every app.</summary>
internal sealed record DeclaredTopic(Subscription Subscription, IReadOnlyList<string> AppIds)
{
    public static DeclaredTopic Of(DeclaredSubscription declared) => new(
        new Subscription(declared.PubsubName, declared.Topic, [], declared.Route, declared.DeadLetterTopic, IsRaw: false), [declared.AppId]);

    public bool IsFor(string appId) => AppIds.Count == 0 || AppIds.Contains(appId, StringComparer.Ordinal);
}
