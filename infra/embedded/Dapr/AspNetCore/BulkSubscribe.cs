namespace Dapr.AspNetCore;

/// <summary>Endpoint metadata: the topic's events come several in one request.</summary>
public interface IBulkSubscribeMetadata
{
    /// <summary>The topic.</summary>
    string TopicName { get; }

    /// <summary>Most events in one request.</summary>
    int MaxMessagesCount { get; }

    /// <summary>How long events may wait for others, in milliseconds.</summary>
    int MaxAwaitDurationMs { get; }
}

/// <summary>Asks for a topic's events several in one request.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public class BulkSubscribeAttribute : Attribute, IBulkSubscribeMetadata
{
    /// <summary>At most so many events, which wait at most so many milliseconds.</summary>
    public BulkSubscribeAttribute(string topicName, int maxMessagesCount, int maxAwaitDurationMs)
        : this(topicName, maxMessagesCount) => MaxAwaitDurationMs = maxAwaitDurationMs;

    /// <summary>At most so many events.</summary>
    public BulkSubscribeAttribute(string topicName, int maxMessagesCount)
        : this(topicName) => MaxMessagesCount = maxMessagesCount;

    /// <summary>At most 100 events.</summary>
    public BulkSubscribeAttribute(string topicName) => TopicName = topicName;

    /// <inheritdoc/>
    public int MaxMessagesCount { get; } = 100;

    /// <inheritdoc/>
    public int MaxAwaitDurationMs { get; } = 1000;

    /// <inheritdoc/>
    public string TopicName { get; }
}

/// <summary>A bulk subscription for <c>WithBulkSubscribe</c>.</summary>
public class BulkSubscribeTopicOptions
{
    /// <summary>Most events in one request.</summary>
    public int MaxMessagesCount { get; set; } = 100;

    /// <summary>How long events may wait for others, in milliseconds.</summary>
    public int MaxAwaitDurationMs { get; set; } = 1000;

    /// <summary>The topic.</summary>
    public string TopicName { get; set; } = "";
}
