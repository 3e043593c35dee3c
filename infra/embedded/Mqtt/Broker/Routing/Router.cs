using System.Runtime.InteropServices;
using SmartCity.Embedded.Mqtt.Broker.Sessions;

namespace SmartCity.Embedded.Mqtt.Broker.Routing;

/// <summary>What became of a message.</summary>
/// <param name="Outcome">Whether it was taken.</param>
/// <param name="Stored">Completes when it is safe, where somebody needs that.</param>
/// <param name="FullSession">The session without room, when the outcome says so.</param>
internal readonly record struct RouteResult(RouteOutcome Outcome, Task Stored, Session? FullSession = null);

internal enum RouteOutcome
{
    Accepted,
    NoSubscribers,
    SessionFull,
    RetainedFull,
}

/// <summary>
/// Hands a message to every session that wants it: all or none, so that a publish that is refused for want of room can
/// be repeated. Called under the gate.
/// </summary>
internal sealed class Router(BrokerState state, Deliveries deliveries)
{
    private readonly List<Subscription> _direct = [];
    private readonly List<SharedGroup> _shared = [];
    private readonly List<Target> _targets = [];
    private long _round;

    /// <param name="publisher">The publishing session, or null for the host itself and last wills.</param>
    public RouteResult Route(Message message, Session? publisher)
    {
        FindTargets(message, publisher);
        var storedTargets = 0;
        foreach (ref var target in CollectionsMarshal.AsSpan(_targets))
        {
            if (target.QualityOfService == 0)
            {
                continue;
            }

            if (!target.Session.HasRoom(message.SizeBytes))
            {
                return new RouteResult(RouteOutcome.SessionFull, Task.CompletedTask, target.Session);
            }

            storedTargets += target.IsStored ? 1 : 0;
        }

        if (message.IsSystem)
        {
            state.System.Set(message);
        }
        else if (message.Retain && !state.Retained.HasRoomFor(message))
        {
            return new RouteResult(RouteOutcome.RetainedFull, Task.CompletedTask);
        }

        var stored = Task.CompletedTask;
        if (message is { Retain: true, IsSystem: false })
        {
            state.Retained.Set(message);
            stored = state.Store.Retained(message);
        }

        if (storedTargets > 0)
        {
            // The journal keeps order: when this record is safe, so is the retained one before it.
            stored = state.Store.Enqueued(message, _targets, storedTargets);
        }

        foreach (ref var target in CollectionsMarshal.AsSpan(_targets))
        {
            deliveries.Deliver(message, in target);
        }

        return new RouteResult(_targets.Count > 0 ? RouteOutcome.Accepted : RouteOutcome.NoSubscribers, stored);
    }

    private void FindTargets(Message message, Session? publisher)
    {
        _direct.Clear();
        _shared.Clear();
        _targets.Clear();
        _round++;
        state.Topics.Match(message.Topic.Value, _direct, _shared);
        foreach (var subscription in _direct)
        {
            // A client's own messages are its own by client identifier (section 3.8.3.1).
            if (!subscription.NoLocal || !ReferenceEquals(subscription.Session, publisher))
            {
                AddDirect(message, subscription);
            }
        }

        foreach (var group in _shared)
        {
            AddTarget(message, group.Pick(message.SizeBytes));
        }
    }

    // Overlapping subscriptions of one session make one delivery, at the highest level and with all identifiers.
    private void AddDirect(Message message, Subscription subscription)
    {
        var session = subscription.Session;
        if (session.MatchRound != _round)
        {
            session.MatchRound = _round;
            session.MatchIndex = _targets.Count;
            AddTarget(message, subscription);
            return;
        }

        ref var target = ref CollectionsMarshal.AsSpan(_targets)[session.MatchIndex];
        target.QualityOfService = Math.Max(target.QualityOfService, Math.Min(message.QualityOfService, subscription.QualityOfService));
        target.Retain |= message.Retain && subscription.RetainAsPublished;
        if (subscription.Identifiers is not null)
        {
            target.Identifiers = target.Identifiers is null ? subscription.Identifiers : [.. target.Identifiers, .. subscription.Identifiers];
        }
    }

    private void AddTarget(Message message, Subscription subscription) => _targets.Add(new Target
    {
        Session = subscription.Session,
        QualityOfService = Math.Min(message.QualityOfService, subscription.QualityOfService),
        Retain = message.Retain && subscription.RetainAsPublished,
        Identifiers = subscription.Identifiers,
        SharedFilter = subscription.Group is null ? null : subscription.Filter,
    });
}
