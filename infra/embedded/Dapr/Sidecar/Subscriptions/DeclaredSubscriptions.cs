namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Puts declared subscriptions beside those an app named itself.</summary>
internal static class DeclaredSubscriptions
{
    /// <summary>The app's own word first; a declaration counts where the app says nothing about the topic.</summary>
    public static IReadOnlyList<Subscription> Merge(string appId, IReadOnlyList<Subscription> own, IEnumerable<DeclaredSubscription> declared)
        => [.. own, .. declared.Where(d => string.Equals(d.AppId, appId, StringComparison.Ordinal))
            .Select(d => new Subscription(d.PubsubName, d.Topic, [], d.Route, d.DeadLetterTopic, IsRaw: false))
            .Where(d => !own.Any(o => o.TopicKey == d.TopicKey))];
}
