using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Delivers one event to one app, however long that takes.</summary>
internal sealed class EventDelivery(EventStore store, EventSender sender, DaprDeliveryOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>Returns when the app is done with the event or the event went elsewhere; may run for days.</summary>
    public async Task DeliverAsync(SidecarApp app, EventQueue queue, StoredEvent stored, CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            await queue.Subscribed.WaitAsync(stopping);
            await app.Ready.WaitAsync(stopping);
            if (queue.Subscription is not { } subscription || app.Address is not { } address)
            {
                continue;
            }

            if (stored.Content.HasExpired(clock))
            {
                await GiveUpAsync(queue, subscription, stored, "its time to live is over", stopping);
                return;
            }

            var attempt = await AttemptAsync(app, subscription, address, stored, stopping);
            switch (attempt.Result)
            {
                case DeliveryResult.Success:
                    return;
                case DeliveryResult.Drop:
                    await GiveUpAsync(queue, subscription, stored, attempt.Reason, stopping);
                    return;
                case DeliveryResult.Unreachable:
                    Log.AppUnreachable(logger, app.AppId, attempt.Reason);
                    // The sender has closed the app's gate; the pause is for the case that only new connections fail.
                    await Task.Delay(options.InitialProbePause, clock, stopping);
                    continue;
                default:
                    failures++;
                    break;
            }

            Log.DeliveryFailed(logger, IdOf(stored), queue.Key.Topic, app.AppId, failures, attempt.Reason);
            if (options.MaximumRetries >= 0 && failures > options.MaximumRetries)
            {
                await GiveUpAsync(queue, subscription, stored, $"it failed {failures} times", stopping);
                return;
            }

            await PauseAsync(failures, stopping);
        }
    }

    public Task PauseAsync(int failures, CancellationToken stopping)
        => Task.Delay(Backoff.After(failures, options.InitialBackoff, options.MaximumBackoff), clock, stopping);

    private static string IdOf(StoredEvent stored) => CloudEventReader.GetString(stored.Content.Payload, "id"u8) ?? $"#{stored.Sequence}";

    private Task<DeliveryOutcome> AttemptAsync(SidecarApp app, Subscription subscription, Uri address, StoredEvent stored, CancellationToken stopping)
    {
        var payload = stored.Content.Payload;
        if (subscription.IsRaw)
        {
            payload = CloudEventWriter.FromRaw(stored, subscription);
        }
        else if (stored.Content.IsRaw && !CloudEventReader.IsJsonObject(payload))
        {
            return Task.FromResult(new DeliveryOutcome(DeliveryResult.Drop, "it is raw bytes and the subscription does not ask for raw payloads"));
        }

        return EventRouter.PathOf(subscription, payload) is { } path
            ? sender.SendAsync(app, address, path, payload, subscription.Pubsub, stopping)
            : Task.FromResult(Unrouted(subscription));
    }

    // Passed over, as upstream: an app without a default route wants only what its rules match.
    private static DeliveryOutcome Unrouted(Subscription subscription) => subscription.DeadLetterTopic is null
        ? new DeliveryOutcome(DeliveryResult.Success)
        : new DeliveryOutcome(DeliveryResult.Drop, "it matches no route of the subscription");

    private async Task GiveUpAsync(EventQueue queue, Subscription subscription, StoredEvent stored, string reason, CancellationToken stopping)
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

            await PauseAsync(failures, stopping);
        }
    }
}
