namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>A topic of a pub/sub component.</summary>
internal readonly record struct TopicKey(string Pubsub, string Topic);

/// <summary>What a queue is for: one app's events of one topic.</summary>
internal readonly record struct QueueKey(string AppId, string Pubsub, string Topic)
{
    public TopicKey TopicKey => new(Pubsub, Topic);
}

/// <summary>A queue has no room for a further event.</summary>
internal sealed class QueueFullException(QueueKey queue)
    : Exception($"The queue of app {queue.AppId} for topic {queue.Topic} is full; publish again later.");
