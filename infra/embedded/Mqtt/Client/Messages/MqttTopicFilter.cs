using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>One filter of a subscription with its options (MQTT 5.0, section 3.8.3).</summary>
public sealed class MqttTopicFilter
{
    /// <summary>Whether the client's own messages are left out.</summary>
    public bool NoLocal { get; set; }

    /// <summary>The highest quality of service at which messages are sent to the client.</summary>
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    /// <summary>Whether the retain flag is passed on as published.</summary>
    public bool RetainAsPublished { get; set; }

    public MqttRetainHandling RetainHandling { get; set; } = MqttRetainHandling.SendAtSubscribe;

    public string Topic { get; set; } = string.Empty;

    public override string ToString()
        => $"TopicFilter: [Topic={Topic}] [QualityOfServiceLevel={QualityOfServiceLevel}] [NoLocal={NoLocal}] [RetainAsPublished={RetainAsPublished}] [RetainHandling={RetainHandling}]";
}
