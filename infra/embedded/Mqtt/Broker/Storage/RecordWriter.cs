using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Storage;

/// <summary>Writes journal records into one buffer that is used again; guarded by the broker's gate.</summary>
internal sealed class RecordWriter
{
    private const int KeptBytes = 256 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(1024);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.WrittenMemory;

    public void Session(Session session)
    {
        Begin(RecordType.Session, session.Key);
        _buffer.WriteUInt32(session.ExpirySeconds);
        Int64(session.DisconnectedAt);
        Text(session.ClientId);
        _buffer.WriteByte(session.UserName is null ? (byte)0 : (byte)1);
        if (session.UserName is not null)
        {
            Text(session.UserName);
        }
    }

    public void ForSession(RecordType type, Session session) => Begin(type, session.Key);

    public void Subscribed(Subscription subscription)
    {
        Begin(RecordType.Subscribed, subscription.Session.Key);
        Text(subscription.Filter);
        _buffer.WriteByte((byte)(subscription.QualityOfService | (subscription.NoLocal ? 4 : 0)
            | (subscription.RetainAsPublished ? 8 : 0) | ((int)subscription.RetainHandling << 4)));
        Identifiers(subscription.Identifiers);
    }

    public void Unsubscribed(Session session, string filter)
    {
        Begin(RecordType.Unsubscribed, session.Key);
        Text(filter);
    }

    public void Message(Message message, List<Target> targets)
    {
        BeginMessage(RecordType.Message, message);
        var span = CollectionsMarshal.AsSpan(targets);
        var count = 0;
        foreach (ref var target in span)
        {
            count += target.IsStored ? 1 : 0;
        }

        _buffer.WriteUInt32((uint)count);
        foreach (ref var target in span)
        {
            if (target.IsStored)
            {
                TargetOf(target.Session, target.QualityOfService, target.Retain, target.Identifiers, target.SharedFilter);
            }
        }
    }

    /// <summary>A message with all sessions that still wait for it, for a snapshot.</summary>
    public void Message(List<(Session Session, Delivery Delivery)> targets)
    {
        BeginMessage(RecordType.Message, targets[0].Delivery.Message);
        _buffer.WriteUInt32((uint)targets.Count);
        foreach (var (session, delivery) in targets)
        {
            TargetOf(session, delivery.QualityOfService, delivery.Retain, delivery.Identifiers, delivery.SharedFilter);
        }
    }

    public void Retained(Message message) => BeginMessage(RecordType.Retained, message);

    public void ForMessage(RecordType type, Session session, Message message)
    {
        Begin(type, session.Key);
        Int64(message.StoredId);
    }

    public void Sent(Session session, Delivery delivery)
    {
        ForMessage(RecordType.Sent, session, delivery.Message);
        _buffer.WriteUInt16(delivery.PacketIdentifier);
    }

    public void Received(RecordType type, Session session, ushort identifier)
    {
        Begin(type, session.Key);
        _buffer.WriteUInt16(identifier);
    }

    public void Will(Session session, WillMessage? will)
    {
        Begin(RecordType.Will, session.Key);
        Text(will?.Topic ?? string.Empty);
        if (will is not null)
        {
            _buffer.WriteByte((byte)(will.QualityOfService | (will.Retain ? 4 : 0)));
            Bytes(will.Payload);
            Bytes(PacketEncoder.EncodeProperties(will.Properties));
        }
    }

    private void BeginMessage(RecordType type, Message message)
    {
        Begin(type, 0);
        Int64(message.StoredId);
        _buffer.WriteByte((byte)(message.QualityOfService | (message.Retain ? 4 : 0)));
        Int64(message.ExpiresAt);
        Bytes(message.Topic.Utf8);
        Bytes(message.Content);
        Bytes(message.Payload);
    }

    private void TargetOf(Session session, byte qualityOfService, bool retain, List<uint>? identifiers, string? sharedFilter)
    {
        _buffer.WriteUInt32(session.Key);
        _buffer.WriteByte((byte)(qualityOfService | (retain ? 4 : 0) | (sharedFilter is null ? 0 : 8)));
        Identifiers(identifiers);
        if (sharedFilter is not null)
        {
            Text(sharedFilter);
        }
    }

    private void Begin(RecordType type, uint sessionKey)
    {
        if (_buffer.Capacity > KeptBytes)
        {
            _buffer = new ArrayBufferWriter<byte>(1024);
        }

        _buffer.ResetWrittenCount();
        _buffer.WriteByte((byte)type);
        _buffer.WriteUInt32(sessionKey);
    }

    private void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    private void Bytes(ReadOnlySpan<byte> value)
    {
        _buffer.WriteUInt32((uint)value.Length);
        _buffer.Write(value);
    }

    private void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    private void Identifiers(List<uint>? identifiers)
    {
        _buffer.WriteUInt16((ushort)(identifiers?.Count ?? 0));
        foreach (var identifier in identifiers ?? [])
        {
            _buffer.WriteUInt32(identifier);
        }
    }
}
