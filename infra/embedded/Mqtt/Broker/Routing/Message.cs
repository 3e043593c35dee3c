using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Routing;

/// <summary>A published message inside the broker: shared by all who get it, and never changed.</summary>
internal sealed class Message
{
    private const int OverheadBytes = 160;

    public required TopicName Topic { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>The properties that are handed on unchanged, in their wire form.</summary>
    public byte[] Content { get; init; } = [];

    public byte QualityOfService { get; init; }

    public bool Retain { get; init; }

    /// <summary>A figure of the broker itself: retained in memory only.</summary>
    public bool IsSystem { get; init; }

    /// <summary>Milliseconds of Unix time, or 0 when it never expires.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>Its number in the journal, or 0 while it is not there.</summary>
    public long StoredId { get; set; }

    /// <summary>Sessions in the journal that have not acknowledged it.</summary>
    public int StoredFor { get; set; }

    /// <summary>What it counts against the bounds of queues, in bytes.</summary>
    public int SizeBytes => Payload.Length + Content.Length + Topic.Utf8.Length + OverheadBytes;

    /// <summary>Seconds to live at a time, at least 1; null when it never expires; 0 when it has expired.</summary>
    public uint? SecondsLeft(long now)
        => ExpiresAt == 0 ? null : now >= ExpiresAt ? 0 : (uint)Math.Min(uint.MaxValue, ((ExpiresAt - now) + 999) / 1000);

    /// <summary>The same message with a place of its own in the journal.</summary>
    public Message Copy() => new()
    {
        Topic = Topic,
        Payload = Payload,
        Content = Content,
        QualityOfService = QualityOfService,
        Retain = Retain,
        ExpiresAt = ExpiresAt,
    };

    public bool HasExpired(long now) => ExpiresAt != 0 && now >= ExpiresAt;

    public static Message From(TopicName topic, byte[] payload, byte qualityOfService, bool retain, MqttProperties? properties, long now) => new()
    {
        Topic = topic,
        Payload = payload,
        Content = PacketEncoder.EncodeContent(properties),
        QualityOfService = qualityOfService,
        Retain = retain,
        ExpiresAt = properties?.MessageExpiryInterval is { } seconds ? now + (Math.Max(seconds, 1) * 1000L) : 0,
    };
}
