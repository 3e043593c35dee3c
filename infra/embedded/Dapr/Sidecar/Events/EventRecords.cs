using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// The records of the event log: a kind byte, then for an event and a removal fixed little-endian fields, for the
/// rare others JSON.
/// </summary>
internal static class EventRecords
{
    public const byte Queue = 1;
    public const byte Subscriptions = 2;
    public const byte Event = 3;
    public const byte Removed = 4;

    private const int EventFixedBytes = 1 + 8 + 8 + 1 + 2;
    private const int RemovedBytes = 1 + 8 + 4;

    public sealed record QueueBody(int Id, QueueKey Key);

    public sealed record SubscriptionsBody(string AppId, IReadOnlyList<Subscription> Subscriptions);

    public static byte[] OfQueue(EventQueue queue) => [Queue, .. JsonSerializer.SerializeToUtf8Bytes(new QueueBody(queue.Id, queue.Key))];

    public static byte[] OfSubscriptions(string appId, IReadOnlyList<Subscription> subscriptions)
        => [Subscriptions, .. JsonSerializer.SerializeToUtf8Bytes(new SubscriptionsBody(appId, subscriptions))];

    /// <summary>Writes an event's record to a rented buffer, which the caller returns.</summary>
    public static byte[] RentEvent(StoredEvent stored, ReadOnlySpan<int> queueIds, out int length)
    {
        var content = stored.Content;
        length = EventFixedBytes + (queueIds.Length * sizeof(int)) + content.Payload.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var span = buffer.AsSpan();
        span[0] = Event;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], stored.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(span[9..], content.ExpiresAtUnixMilliseconds);
        span[17] = content.IsRaw ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(span[18..], checked((ushort)queueIds.Length));
        span = span[EventFixedBytes..];
        foreach (var id in queueIds)
        {
            BinaryPrimitives.WriteInt32LittleEndian(span, id);
            span = span[sizeof(int)..];
        }

        content.Payload.CopyTo(span);
        return buffer;
    }

    public static StoredEvent ReadEvent(ReadOnlySpan<byte> record, out int[] queueIds)
    {
        var sequence = BinaryPrimitives.ReadInt64LittleEndian(record[1..]);
        var expires = BinaryPrimitives.ReadInt64LittleEndian(record[9..]);
        var isRaw = record[17] != 0;
        queueIds = new int[BinaryPrimitives.ReadUInt16LittleEndian(record[18..])];
        var rest = record[EventFixedBytes..];
        for (var i = 0; i < queueIds.Length; i++)
        {
            queueIds[i] = BinaryPrimitives.ReadInt32LittleEndian(rest);
            rest = rest[sizeof(int)..];
        }

        return new StoredEvent(sequence, new EventContent(rest.ToArray(), expires, isRaw));
    }

    public static void AppendRemoved(Journal.AppendLog log, long sequence, int queueId)
    {
        Span<byte> record = stackalloc byte[RemovedBytes];
        record[0] = Removed;
        BinaryPrimitives.WriteInt64LittleEndian(record[1..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(record[9..], queueId);
        log.Append(record);
    }

    public static (long Sequence, int QueueId) ReadRemoved(ReadOnlySpan<byte> record)
        => (BinaryPrimitives.ReadInt64LittleEndian(record[1..]), BinaryPrimitives.ReadInt32LittleEndian(record[9..]));

    public static T ReadJson<T>(ReadOnlySpan<byte> record)
        => JsonSerializer.Deserialize<T>(record[1..]) ?? throw new InvalidDataException("A record of the event log is empty.");
}
