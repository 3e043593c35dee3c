using System.Runtime.InteropServices;
using SmartCity.Embedded.Mqtt.Broker.Connections;

namespace SmartCity.Embedded.Mqtt.Broker.Monitoring;

/// <summary>What went over one connection, or over all. Packets are of all types, bytes are those of MQTT.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Traffic(long PacketsReceived, long PacketsSent, long PublishesReceived, long BytesReceived, long BytesSent)
{
    /// <summary>
    /// What a connection has counted so far. Each of its counters has one writer, so counting costs the connections
    /// nothing that they share; a figure may be behind by the packets of the moment.
    /// </summary>
    public static Traffic Of(Connection connection) => new(
        Volatile.Read(ref connection.PacketsReceived),
        connection.Output.PacketsSent,
        Volatile.Read(ref connection.PublishesReceived),
        Volatile.Read(ref connection.BytesReceived),
        connection.Output.BytesSent);

    public static Traffic operator +(Traffic a, Traffic b) => new(
        a.PacketsReceived + b.PacketsReceived,
        a.PacketsSent + b.PacketsSent,
        a.PublishesReceived + b.PublishesReceived,
        a.BytesReceived + b.BytesReceived,
        a.BytesSent + b.BytesSent);
}
