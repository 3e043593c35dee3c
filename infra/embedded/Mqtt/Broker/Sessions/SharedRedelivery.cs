using SmartCity.Embedded.Mqtt.Broker.Routing;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>
/// What a member of a shared subscription had not taken when its session ends goes to another member (MQTT 5.0, section
/// 4.8.2). Called under the gate.
/// </summary>
internal sealed class SharedRedelivery(BrokerState state, Deliveries deliveries)
{
    /// <summary>Called when the session's subscriptions are gone and its queue is not.</summary>
    public void HandOn(Session session)
    {
        var left = session.Inflight.Values.OrderBy(delivery => delivery.Sequence).Concat(session.Waiting)
            .Where(IsToBeHandedOn).ToList();
        foreach (var delivery in left)
        {
            if (state.Topics.FindGroup(delivery.SharedFilter!) is { Members.Count: > 0 } group)
            {
                HandOn(delivery, group.Pick(delivery.Message.SizeBytes));
            }
        }
    }

    // QoS 2 that was sent once is never sent to another client [MQTT-4.8.2-4].
    private static bool IsToBeHandedOn(Delivery delivery)
        => delivery.SharedFilter is not null && (delivery.QualityOfService == 1 || delivery.State == DeliveryState.Waiting);

    // Also into a full queue: the messages were in the bounds of the session that ended.
    private void HandOn(Delivery delivery, Subscription member)
    {
        var target = new Target
        {
            Session = member.Session,
            QualityOfService = Math.Min(delivery.Message.QualityOfService, member.QualityOfService),
            Retain = delivery.Message.Retain && member.RetainAsPublished,
            Identifiers = member.Identifiers,
            SharedFilter = member.Filter,
        };
        // Of its own in the journal: the record of the one before goes with its session.
        var copy = delivery.Message.Copy();
        if (target.IsStored)
        {
            _ = state.Store.Enqueued(copy, [target], 1);
        }

        deliveries.Deliver(copy, in target);
    }
}
