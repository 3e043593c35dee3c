using System.Text;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>A topic as text and as it goes over the wire, so that neither is made twice.</summary>
public sealed class TopicName
{
    public static readonly TopicName Empty = new(string.Empty, []);

    internal TopicName(string value, byte[] utf8)
    {
        Value = value;
        Utf8 = utf8;
    }

    public TopicName(string value) : this(value, Encoding.UTF8.GetBytes(value))
    {
    }

    public string Value { get; }

    internal byte[] Utf8 { get; }

    public override string ToString() => Value;
}

/// <summary>
/// Remembers the topics that a connection used of late. Devices publish to the same few topics over and over, so the
/// text of a topic is made once and not per message. A slot is overwritten by the next topic with the same hash.
/// </summary>
internal sealed class TopicCache
{
    private const int Slots = 32;

    private TopicName?[]? _topics;

    public TopicName Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return TopicName.Empty;
        }

        _topics ??= new TopicName?[Slots];
        ref var slot = ref _topics[Hash(utf8) & (Slots - 1)];
        if (slot is not null && utf8.SequenceEqual(slot.Utf8))
        {
            return slot;
        }

        return slot = new TopicName(Encoding.UTF8.GetString(utf8), utf8.ToArray());
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
