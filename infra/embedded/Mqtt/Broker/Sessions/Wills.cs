using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>
/// Last wills (MQTT 5.0, section 3.1.3.2). The journal has each from the CONNECT on, so that a kill of the broker does
/// not lose it. Called under the gate.
/// </summary>
internal sealed class Wills(BrokerState state, Router router)
{
    /// <summary>Takes up the will from before a restart: the client has time to come back first.</summary>
    public void Restore(Session session)
    {
        if (session.StoredWill is { } will)
        {
            var leftAt = session.DisconnectedAt == 0 ? state.Now : session.DisconnectedAt;
            var grace = (long)state.Options.WillGraceAfterRestart.TotalMilliseconds;
            // The delay ends with the session at the latest (section 3.1.3.2.2).
            session.Will = new PendingWill(will, Math.Max(leftAt + (session.IsPersistent ? Delay(will) : 0), state.Now + grace));
        }
    }

    /// <summary>The connection is over. A will that is not published is forgotten, unless the broker itself stops.</summary>
    public void Leave(Session session, WillMessage? will, bool publish)
    {
        if (!publish)
        {
            state.Store.WillChanged(session, null);
        }
        else if (will is not null && !state.IsStopping)
        {
            session.Will = new PendingWill(will, session.IsPersistent ? state.Now + Delay(will) : 0);
            PublishIfDue(session);
        }
    }

    public void PublishIfDue(Session session)
    {
        if (session.Will is { } will && will.DueAt <= state.Now)
        {
            Publish(session);
        }
    }

    /// <summary>Publishes the will that is pending, if there is one.</summary>
    public void Publish(Session session)
    {
        if (session.Will is not { Will: var will })
        {
            return;
        }

        session.Will = null;
        // Its expiry begins now, not when the client connected (section 3.1.3.2.4).
        var message = Message.From(new TopicName(will.Topic), will.Payload, will.QualityOfService, will.Retain, will.Properties, state.Now);
        var result = router.Route(message, session);
        if (result.Outcome is RouteOutcome.SessionFull or RouteOutcome.RetainedFull)
        {
            Interlocked.Increment(ref state.RefusedCount);
            Log.WillNotPublished(state.Logger, session.ClientId, will.Topic, result.Outcome.ToString());
        }

        // After the message in the journal's order: a kill between the two publishes it twice and not never.
        state.Store.WillChanged(session, null);
    }

    private static long Delay(WillMessage will) => (will.Properties?.WillDelayInterval ?? 0) * 1000L;
}
