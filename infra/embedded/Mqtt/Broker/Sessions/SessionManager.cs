using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Routing;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>The life of sessions: made, taken over, left, expired (MQTT 5.0, sections 3.1.2.4, 3.1.2.11.2, 3.1.4). Called under the gate.</summary>
internal sealed class SessionManager(BrokerState state, Wills wills, SharedRedelivery sharedRedelivery)
{
    /// <summary>Takes up what the journal had, and the sessions that the options declare.</summary>
    public void Restore(IEnumerable<Session> stored, uint lastKey)
    {
        state.LastSessionKey = lastKey;
        foreach (var session in stored)
        {
            session.IsDurable = state.Options.DurableSessions.Any(declared => IsSame(declared, session));
            state.Sessions.Add(session.ClientId, session);
            if (!session.IsPersistent)
            {
                // It ended with the former process: at most its last will is still to be published.
                session.Subscriptions.Clear();
            }

            foreach (var subscription in session.Subscriptions.Values)
            {
                state.Topics.Add(subscription);
            }

            wills.Restore(session);
            if (session.DisconnectedAt == 0)
            {
                session.DisconnectedAt = state.Now;
            }
        }

        // They were to end with their connections, which ended with the former process.
        state.Sessions.Values.Where(session => session is { IsPersistent: false, Will: null }).ToList().ForEach(Remove);

        foreach (var declared in state.Options.DurableSessions)
        {
            if (state.Sessions.TryGetValue(declared.ClientId, out var existing) && !IsSame(declared, existing))
            {
                Remove(existing);
            }

            Subscribe(state.Sessions.GetValueOrDefault(declared.ClientId) ?? Create(declared.ClientId, declared.UserName), declared.Filters);
        }
    }

    /// <summary>Whether the client may have the session of this name: it belongs to the user who made it.</summary>
    public bool IsForeign(string clientId, string? userName)
        => state.Sessions.TryGetValue(clientId, out var session) && !string.Equals(session.UserName, userName, StringComparison.Ordinal);

    public bool IsFull(string clientId) => state.Sessions.Count >= state.Options.MaximumSessions && !state.Sessions.ContainsKey(clientId);

    /// <summary>Gives the connection its session; <paramref name="displaced"/> is the connection that had it until now.</summary>
    public Session Attach(Connection connection, bool cleanStart, uint expirySeconds, out bool sessionPresent, out Connection? displaced)
    {
        displaced = null;
        if (state.Sessions.TryGetValue(connection.ClientId, out var session) && session.Connection is { } old)
        {
            displaced = old;
            Detach(old, publishWill: true);
            session = state.Sessions.GetValueOrDefault(connection.ClientId);
        }

        if (session is { IsPersistent: false })
        {
            // Only its last will outlived a kill, and the client is back.
            session.Will = null;
        }

        if (session is not null && (cleanStart || !session.IsPersistent))
        {
            Remove(session);
            session = null;
        }

        sessionPresent = session is not null;
        session ??= Create(connection.ClientId, connection.UserName);
        session.Will = null;
        session.ExpirySeconds = session.IsDurable ? (uint)state.Options.MaximumSessionExpiry.TotalSeconds : expirySeconds;
        session.DisconnectedAt = 0;
        session.Connection = connection;
        state.CountConnected();
        if (session.IsPersistent || session.IsInStore || connection.Will is not null)
        {
            _ = state.Store.SessionChanged(session);
            state.Store.WillChanged(session, connection.Will);
        }

        return session;
    }

    /// <summary>The connection is over: its session stays for its time or ends, its last will is published or not.</summary>
    public void Detach(Connection connection, bool publishWill)
    {
        if (connection.Session is not { } session || !ReferenceEquals(session.Connection, connection))
        {
            return;
        }

        session.Connection = null;
        state.CountDisconnected();
        session.DisconnectedAt = state.Now;
        wills.Leave(session, connection.Will, publishWill);

        if (!session.IsPersistent && !(state.IsStopping && session.StoredWill is not null))
        {
            Remove(session);
        }
        else
        {
            _ = state.Store.SessionChanged(session);
        }
    }

    /// <summary>Ends a session with all that it holds; a declared one begins anew.</summary>
    public void Remove(Session session)
    {
        wills.Publish(session);
        state.Sessions.Remove(session.ClientId);
        foreach (var subscription in session.Subscriptions.Values)
        {
            state.Topics.Remove(subscription);
        }

        sharedRedelivery.HandOn(session);
        if (session.IsInStore)
        {
            state.Store.SessionRemoved(session);
        }

        session.ForgetAll();
        if (session.Connection is not null)
        {
            session.Connection = null;
            state.CountDisconnected();
        }
    }

    /// <summary>Removes a session that has no connection and was to end with it.</summary>
    public void RemoveIfOver(Session session)
    {
        if (session is { Connection: null, IsPersistent: false } && ReferenceEquals(state.Sessions.GetValueOrDefault(session.ClientId), session))
        {
            Remove(session);
        }
    }

    /// <summary>Publishes last wills that are due and removes sessions that have expired.</summary>
    public void Expire()
    {
        var now = state.Now;
        foreach (var session in state.Sessions.Values.Where(session => session.Connection is null).ToList())
        {
            wills.PublishIfDue(session);
            // One that ended with its connection is only kept for its last will.
            if (!session.IsDurable && (session.IsPersistent || session.Will is null)
                && now - session.DisconnectedAt >= session.ExpirySeconds * 1000L)
            {
                Remove(session);
            }
        }
    }

    private Session Create(string clientId, string? userName)
    {
        var declared = state.Options.DurableSessions.FirstOrDefault(candidate => candidate.ClientId == clientId && candidate.UserName == userName);
        var session = new Session(++state.LastSessionKey, clientId, userName, state.Limits)
        {
            IsDurable = declared is not null,
            DisconnectedAt = state.Now,
        };
        state.Sessions.Add(clientId, session);
        if (declared is not null)
        {
            session.ExpirySeconds = (uint)state.Options.MaximumSessionExpiry.TotalSeconds;
            _ = state.Store.SessionChanged(session);
            Subscribe(session, declared.Filters);
        }

        return session;
    }

    private void Subscribe(Session session, IReadOnlyList<MqttTopicFilter> filters)
    {
        foreach (var filter in filters)
        {
            _ = Subscribe(session, new Subscription(session, filter.Topic)
            {
                QualityOfService = (byte)filter.QualityOfServiceLevel,
                NoLocal = filter.NoLocal,
                RetainAsPublished = filter.RetainAsPublished,
                RetainHandling = filter.RetainHandling,
            });
        }
    }

    /// <summary>Sets or replaces a subscription; the task completes when it is safe.</summary>
    public Task Subscribe(Session session, Subscription subscription)
    {
        if (session.Subscriptions.Remove(subscription.Filter, out var old))
        {
            state.Topics.Remove(old);
        }

        session.Subscriptions.Add(subscription.Filter, subscription);
        state.Topics.Add(subscription);
        return session.IsPersistent ? state.Store.Subscribed(subscription) : Task.CompletedTask;
    }

    /// <summary>Removes a subscription; false when there was none. The task completes when that is safe.</summary>
    public bool Unsubscribe(Session session, string filter, out Task stored)
    {
        stored = Task.CompletedTask;
        if (!session.Subscriptions.Remove(filter, out var old))
        {
            return false;
        }

        state.Topics.Remove(old);
        if (session.IsPersistent)
        {
            stored = state.Store.Unsubscribed(session, filter);
        }

        return true;
    }

    private static bool IsSame(MqttDurableSession declared, Session session)
        => string.Equals(declared.ClientId, session.ClientId, StringComparison.Ordinal)
            && string.Equals(declared.UserName, session.UserName, StringComparison.Ordinal);
}
