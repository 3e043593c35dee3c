using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;

namespace SmartCity.Embedded.Mqtt.Broker.Storage;

/// <summary>Writes the whole state as records: sessions first, then each message once with all its sessions.</summary>
internal static class SnapshotWriter
{
    public static void Write(
        RecordWriter writer, Action<ReadOnlyMemory<byte>> append, IEnumerable<Session> sessions, RetainedMessages retained)
    {
        foreach (var message in retained.All)
        {
            writer.Retained(message);
            append(writer.WrittenMemory);
        }

        var waiting = new Dictionary<long, List<(Session Session, Delivery Delivery)>>();
        foreach (var session in sessions.Where(session => session.IsInStore))
        {
            WriteSession(writer, append, session);
            foreach (var delivery in session.Inflight.Values.Concat(session.Waiting).Where(delivery => delivery.IsStored))
            {
                if (!waiting.TryGetValue(delivery.Message.StoredId, out var targets))
                {
                    waiting.Add(delivery.Message.StoredId, targets = []);
                }

                targets.Add((session, delivery));
            }
        }

        foreach (var targets in waiting.Values)
        {
            writer.Message(targets);
            append(writer.WrittenMemory);
            foreach (var (session, delivery) in targets)
            {
                WriteProgress(writer, append, session, delivery);
            }
        }
    }

    private static void WriteSession(RecordWriter writer, Action<ReadOnlyMemory<byte>> append, Session session)
    {
        writer.Session(session);
        append(writer.WrittenMemory);
        if (session.StoredWill is { } will)
        {
            writer.Will(session, will);
            append(writer.WrittenMemory);
        }

        foreach (var subscription in session.Subscriptions.Values)
        {
            writer.Subscribed(subscription);
            append(writer.WrittenMemory);
        }

        foreach (var identifier in session.ReceivedExactlyOnce)
        {
            writer.Received(RecordType.Received, session, identifier);
            append(writer.WrittenMemory);
        }
    }

    private static void WriteProgress(RecordWriter writer, Action<ReadOnlyMemory<byte>> append, Session session, Delivery delivery)
    {
        if (delivery.QualityOfService == 2 && delivery.State != DeliveryState.Waiting)
        {
            writer.Sent(session, delivery);
            append(writer.WrittenMemory);
        }

        if (delivery.State == DeliveryState.Released)
        {
            writer.ForMessage(RecordType.Released, session, delivery.Message);
            append(writer.WrittenMemory);
        }
    }
}
