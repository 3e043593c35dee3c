using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// Delivers several events in one request, and again those that the app did not take (Dapr docs, "Publish and subscribe
/// to bulk messages").
/// </summary>
internal sealed class BulkEventDelivery(
    EventStore store, BulkSender sender, EventDelivery single, Redelivery redelivery, DeadLetters deadLetters, TimeProvider clock, ILogger logger)
{
    /// <summary>Returns when the app is done with every event or they went elsewhere; each is acknowledged as soon as that is so.</summary>
    public async Task DeliverAsync(SidecarApp app, EventQueue queue, List<LinkedListNode<StoredEvent>> nodes, CancellationToken stopping)
    {
        for (var failures = 0; nodes.Count > 0;)
        {
            await queue.Subscribed.WaitAsync(stopping);
            await app.Ready.WaitAsync(stopping);
            if (queue.Subscription is not { } subscription || app.Address is not { } address)
            {
                continue;
            }

            if (subscription.Bulk is null)
            {
                // The app has changed its mind.
                await DeliverSinglyAsync(app, queue, nodes, stopping);
                continue;
            }

            await SortOutAsync(queue, subscription, nodes, stopping);
            var policy = app.Resiliency.Inbound(queue.Key.Pubsub);
            if (nodes.Count == 0 || await redelivery.TryEnterAsync(policy, stopping) is not { } ticket)
            {
                continue;
            }

            var attempt = await AttemptAsync(app, queue, subscription, address, policy, ticket, nodes, stopping);
            if (nodes.Count == 0)
            {
                return;
            }

            if (attempt.Result == DeliveryResult.Unreachable)
            {
                Log.AppUnreachable(logger, app.AppId, attempt.Reason);
                await redelivery.ProbePauseAsync(stopping);
                continue;
            }

            failures++;
            Log.DeliveryFailed(logger, DeadLetters.IdOf(nodes[0].Value), queue.Key.Topic, app.AppId, failures, attempt.Reason);
            if (await redelivery.NextAsync(policy, subscription, failures, attempt.Status, stopping) is { } next)
            {
                failures = next;
                continue;
            }

            await GiveUpAsync(queue, subscription, nodes, [.. nodes], $"it failed {failures} times", stopping);
        }
    }

    private async Task<DeliveryOutcome> AttemptAsync(SidecarApp app, EventQueue queue, Subscription subscription, Uri address, Policy policy, long ticket,
        List<LinkedListNode<StoredEvent>> nodes, CancellationToken stopping)
    {
        var worst = new DeliveryOutcome(DeliveryResult.Success);
        DeliveryResult? result = null;
        try
        {
            var groups = nodes.GroupBy(n => EventRouter.PathOf(subscription, EventDelivery.PayloadOf(subscription, n.Value)!)!, StringComparer.Ordinal).ToList();
            foreach (var group in groups)
            {
                var sent = group.ToList();
                var (outcome, verdicts) = await sender.SendAsync(app, address, group.Key, subscription, sent, policy.Timeout, stopping);
                Complete(queue, nodes, [.. sent.Where((_, i) => verdicts[i] == DeliveryResult.Success)]);
                await GiveUpAsync(queue, subscription, nodes, [.. sent.Where((_, i) => verdicts[i] == DeliveryResult.Drop)], "the app answered DROP", stopping);
                worst = outcome.Result == DeliveryResult.Success ? worst : outcome;
            }

            result = worst.Result;
            return worst;
        }
        finally
        {
            Redelivery.Report(policy, ticket, result);
        }
    }

    // What need not or cannot be sent to a path leaves the list here.
    private async Task SortOutAsync(EventQueue queue, Subscription subscription, List<LinkedListNode<StoredEvent>> nodes, CancellationToken stopping)
    {
        foreach (var node in nodes.ToList())
        {
            var payload = EventDelivery.PayloadOf(subscription, node.Value);
            if (node.Value.Content.HasExpired(clock))
            {
                await GiveUpAsync(queue, subscription, nodes, [node], "its time to live is over", stopping);
            }
            else if (payload is null)
            {
                await GiveUpAsync(queue, subscription, nodes, [node], EventRouter.NotRaw.Reason, stopping);
            }
            else if (EventRouter.PathOf(subscription, payload) is null)
            {
                var unrouted = EventRouter.Unrouted(subscription);
                if (unrouted.Result == DeliveryResult.Drop)
                {
                    await GiveUpAsync(queue, subscription, nodes, [node], unrouted.Reason, stopping);
                }
                else
                {
                    Complete(queue, nodes, [node]);
                }
            }
        }
    }

    private async Task DeliverSinglyAsync(SidecarApp app, EventQueue queue, List<LinkedListNode<StoredEvent>> nodes, CancellationToken stopping)
    {
        foreach (var node in nodes.ToList())
        {
            if (!await single.DeliverAsync(app, queue, node.Value, stopping))
            {
                return;
            }

            Complete(queue, nodes, [node]);
        }
    }

    private async Task GiveUpAsync(EventQueue queue, Subscription subscription, List<LinkedListNode<StoredEvent>> nodes,
        List<LinkedListNode<StoredEvent>> given, string reason, CancellationToken stopping)
    {
        foreach (var node in given)
        {
            await deadLetters.GiveUpAsync(queue, subscription, node.Value, reason, stopping);
            Complete(queue, nodes, [node]);
        }
    }

    private void Complete(EventQueue queue, List<LinkedListNode<StoredEvent>> nodes, List<LinkedListNode<StoredEvent>> done)
    {
        // First of all, so that no fault can complete an event twice.
        nodes.RemoveAll(done.ToHashSet().Contains);
        foreach (var node in done)
        {
            store.Complete(queue, node);
        }
    }
}
