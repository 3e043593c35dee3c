namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Puts declared subscriptions beside those an app named itself.</summary>
internal static class DeclaredSubscriptions
{
    /// <summary>The app's own word first; a declaration counts where the app says nothing about the topic.</summary>
    public static IReadOnlyList<Subscription> Merge(IReadOnlyList<Subscription> own, IEnumerable<Subscription> declared)
        => [.. own, .. declared.Where(d => !own.Any(o => o.TopicKey == d.TopicKey))];
}
