using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>A message as an application publishes or receives it (MQTT 5.0, section 3.3).</summary>
public sealed class MqttApplicationMessage
{
    /// <summary>Media type of the payload.</summary>
    public string? ContentType { get; set; }

    public byte[]? CorrelationData { get; set; }

    /// <summary>Whether this may be a repetition of an earlier delivery.</summary>
    public bool Dup { get; set; }

    /// <summary>Seconds after which the server no longer delivers the message; 0 means never.</summary>
    public uint MessageExpiryInterval { get; set; }

    public ArraySegment<byte> PayloadSegment
    {
        set => Payload = new ReadOnlySequence<byte>(value);
    }

    /// <summary>The content. Of a received message it is valid only while its handler runs: copy what you keep.</summary>
    public ReadOnlySequence<byte> Payload { get; set; }

    public MqttPayloadFormatIndicator PayloadFormatIndicator { get; set; }

    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    public string? ResponseTopic { get; set; }

    public bool Retain { get; set; }

    public List<uint>? SubscriptionIdentifiers { get; set; }

    public string Topic { get; set; } = string.Empty;

    public ushort TopicAlias { get; set; }

    public List<MqttUserProperty>? UserProperties { get; set; }
}
