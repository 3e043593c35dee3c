using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Delivers one event to one app, however long that takes.</summary>
internal sealed class EventDelivery(EventSender sender, Redelivery redelivery, DeadLetters deadLetters, TimeProvider clock, ILogger logger)
{
    /// <summary>
    /// True when the app is done with the event or the event went elsewhere, which may take days; false when the app
    /// has come to want bulks instead.
    /// </summary>
    public async Task<bool> DeliverAsync(SidecarApp app, EventQueue queue, StoredEvent stored, CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            await queue.Subscribed.WaitAsync(stopping);
            await app.Ready.WaitAsync(stopping);
            if (queue.Subscription is not { } subscription || app.Address is not { } address)
            {
                continue;
            }

            if (subscription.Bulk is not null)
            {
                return false;
            }

            if (stored.Content.HasExpired(clock))
            {
                await deadLetters.GiveUpAsync(queue, subscription, stored, "its time to live is over", stopping);
                return true;
            }

            var policy = app.Resiliency.Inbound(queue.Key.Pubsub);
            if (await redelivery.TryEnterAsync(policy, stopping) is not { } ticket)
            {
                continue;
            }

            var attempt = await AttemptAsync(app, subscription, address, policy, ticket, stored, stopping);
            switch (attempt.Result)
            {
                case DeliveryResult.Success:
                    return true;
                case DeliveryResult.Drop:
                    await deadLetters.GiveUpAsync(queue, subscription, stored, attempt.Reason, stopping);
                    return true;
                case DeliveryResult.Unreachable:
                    Log.AppUnreachable(logger, app.AppId, attempt.Reason);
                    await redelivery.ProbePauseAsync(stopping);
                    continue;
                default:
                    failures++;
                    break;
            }

            Log.DeliveryFailed(logger, DeadLetters.IdOf(stored), queue.Key.Topic, app.AppId, failures, attempt.Reason);
            if (await redelivery.NextAsync(policy, subscription, failures, attempt.Status, stopping) is not { } next)
            {
                await deadLetters.GiveUpAsync(queue, subscription, stored, $"it failed {failures} times", stopping);
                return true;
            }

            failures = next;
        }
    }

    /// <summary>What is sent for an event, or why nothing can be.</summary>
    public static byte[]? PayloadOf(Subscription subscription, StoredEvent stored)
    {
        var payload = stored.Content.Payload;
        return subscription.IsRaw ? CloudEventWriter.FromRaw(stored, subscription)
            : stored.Content.IsRaw && !CloudEventReader.IsJsonObject(payload) ? null
            : payload;
    }

    private async Task<DeliveryOutcome> AttemptAsync(
        SidecarApp app, Subscription subscription, Uri address, Policy policy, long ticket, StoredEvent stored, CancellationToken stopping)
    {
        DeliveryOutcome? outcome = null;
        try
        {
            outcome = PayloadOf(subscription, stored) is not { } payload ? EventRouter.NotRaw
                : EventRouter.PathOf(subscription, payload) is not { } path ? EventRouter.Unrouted(subscription)
                : await sender.SendAsync(app, address, path, payload, subscription.Pubsub, policy.Timeout, stopping);
            return outcome.Value;
        }
        finally
        {
            Redelivery.Report(policy, ticket, outcome?.Result);
        }
    }
}
