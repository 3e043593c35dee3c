using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>
/// Subscriptions outlive what their client was allowed when it made them: they are asked for again when it comes back,
/// and when it has authenticated again. Those that the options declare are the host's own.
/// </summary>
internal static class StoredSubscriptions
{
    /// <summary>Removes what the client may not have any more and returns those filters. Called under the gate.</summary>
    public static List<string> RemoveRefused(BrokerCore core, Session session, object? principal)
    {
        var refused = session.Subscriptions.Values
            .Where(subscription => !core.Authorizer.CanSubscribe(principal, subscription.TopicFilter))
            .Select(subscription => subscription.Filter)
            .Where(filter => !IsDeclared(core.State.Options, session, filter))
            .ToList();
        foreach (var filter in refused)
        {
            core.Sessions.Unsubscribe(session, filter, out _);
        }

        return refused;
    }

    /// <summary>Tells the host, outside of the gate; the protocol has no way to tell the client.</summary>
    public static void Report(BrokerCore core, Connection connection, List<string> refused)
    {
        foreach (var filter in refused)
        {
            core.State.Refuse(
                connection.UserName, connection.ClientId, MqttReasonCode.NotAuthorized, filter, "The client may not have this subscription any more.");
        }
    }

    private static bool IsDeclared(MqttBrokerOptions options, Session session, string filter)
        => session.IsDurable && options.DurableSessions.Any(declared => declared.ClientId == session.ClientId
            && declared.UserName == session.UserName && declared.Filters.Any(candidate => candidate.Topic == filter));
}
