namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One topic that an app wants.</summary>
/// <param name="Pubsub">The pub/sub component.</param>
/// <param name="Topic">The topic, matched exactly.</param>
/// <param name="Rules">Tried in order; the first whose expression holds gives the path.</param>
/// <param name="DefaultPath">The path for events that match no rule, or null to pass over them.</param>
/// <param name="DeadLetterTopic">Where events go that cannot be delivered, or null.</param>
/// <param name="IsRaw">Whether the app asked for raw payloads: bytes as published, wrapped as <c>data_base64</c>.</param>
internal sealed record Subscription(
    string Pubsub, string Topic, IReadOnlyList<SubscriptionRule> Rules, string? DefaultPath, string? DeadLetterTopic, bool IsRaw)
{
    public TopicKey TopicKey => new(Pubsub, Topic);

    /// <summary>How events are put together, or null to deliver each alone.</summary>
    public BulkDelivery? Bulk { get; init; }

    public bool Equals(Subscription? other)
        => other is not null && TopicKey == other.TopicKey && Rules.SequenceEqual(other.Rules) && IsRaw == other.IsRaw && Bulk == other.Bulk
            && string.Equals(DefaultPath, other.DefaultPath, StringComparison.Ordinal)
            && string.Equals(DeadLetterTopic, other.DeadLetterTopic, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(TopicKey, DefaultPath, DeadLetterTopic, IsRaw);
}

/// <summary>A CEL expression over <c>event</c> and the path for events that fulfil it.</summary>
internal sealed record SubscriptionRule(string Match, string Path);
