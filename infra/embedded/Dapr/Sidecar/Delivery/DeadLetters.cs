using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Moves what cannot be delivered to the dead-letter topic, or says in the log that it is dropped.</summary>
internal sealed class DeadLetters(EventStore store, Redelivery redelivery, ILogger logger)
{
    public static string IdOf(StoredEvent stored) => CloudEventReader.GetString(stored.Content.Payload, "id"u8) ?? $"#{stored.Sequence}";

    public async Task GiveUpAsync(EventQueue queue, Subscription subscription, StoredEvent stored, string reason, CancellationToken stopping)
    {
        if (subscription.DeadLetterTopic is not { } deadLetterTopic)
        {
            Log.Dropped(logger, IdOf(stored), queue.Key.Topic, queue.Key.AppId, reason);
            return;
        }

        if (!store.HasSubscriber(new TopicKey(queue.Key.Pubsub, deadLetterTopic)))
        {
            Log.Dropped(logger, IdOf(stored), queue.Key.Topic, queue.Key.AppId, $"{reason}, and nobody subscribes to dead-letter topic {deadLetterTopic}");
            return;
        }

        Log.DeadLettered(logger, IdOf(stored), queue.Key.Topic, queue.Key.AppId, deadLetterTopic, reason);
        for (var failures = 1; ; failures++)
        {
            try
            {
                // The event itself is unchanged, so that its topic attribute still says where it came from.
                await store.PublishAsync(new TopicKey(queue.Key.Pubsub, deadLetterTopic), stored.Content with { ExpiresAtUnixMilliseconds = 0 });
                return;
            }
            catch (Exception exception) when (exception is QueueFullException or IOException)
            {
                Log.DeadLetterBlocked(logger, IdOf(stored), deadLetterTopic, exception.Message);
            }

            await redelivery.PauseAsync(failures, stopping);
        }
    }
}
