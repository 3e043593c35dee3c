using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>
/// QoS 2 packets to clients that wait for the disk (MQTT 5.0, section 4.3.3). A client that knows an identifier which a
/// kill makes the broker forget would get the same message twice, or take another one for its repetition. In the
/// journal's order; bounded by what the sessions have in flight.
/// </summary>
internal sealed class HeldDeliveries(BrokerState state, Deliveries deliveries)
{
    private readonly Queue<HeldDelivery> _held = new();

    public bool IsEmpty => _held.Count == 0;

    /// <summary>Called under the gate.</summary>
    public void Add(in HeldDelivery held)
    {
        _held.Enqueue(held);
        if (_held.Count == 1)
        {
            _ = RunAsync(held);
        }
    }

    private async Task RunAsync(HeldDelivery held)
    {
        var isLeft = true;
        while (isLeft)
        {
            IOException? failure = null;
            try
            {
                await held.Stored;
            }
            catch (IOException exception)
            {
                failure = exception;
            }

            bool isCurrent;
            var connection = held.Connection;
            lock (state.Gate)
            {
                isCurrent = held.IsCurrent;
                if (isCurrent && failure is null)
                {
                    deliveries.SendNow(in held);
                }

                _held.Dequeue();
                isLeft = _held.TryPeek(out held);
            }

            if (isCurrent && failure is not null)
            {
                // It comes again on the next connection, as soon as the journal can be written.
                Log.JournalFailed(state.Logger, failure);
                connection.Close(MqttReasonCode.ImplementationSpecificError, "The server could not store the progress of a message.");
            }
        }
    }
}

/// <summary>A PUBLISH or PUBREL, by the state of its delivery, for one connection.</summary>
internal readonly record struct HeldDelivery(Task Stored, Session Session, Connection Connection, Delivery Delivery, bool IsDuplicate)
{
    /// <summary>Whether the client still has that connection and waits for it.</summary>
    public bool IsCurrent => ReferenceEquals(Session.Connection, Connection)
        && Session.Inflight.TryGetValue(Delivery.PacketIdentifier, out var current) && ReferenceEquals(current, Delivery);
}
