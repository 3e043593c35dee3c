using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

public sealed partial class MqttClientOptionsBuilder
{
    public MqttClientOptionsBuilder WithWillContentType(string? willContentType) => Set(o => o.WillContentType = willContentType);

    public MqttClientOptionsBuilder WithWillCorrelationData(byte[]? willCorrelationData) => Set(o => o.WillCorrelationData = willCorrelationData);

    /// <param name="willDelayInterval">Seconds.</param>
    public MqttClientOptionsBuilder WithWillDelayInterval(uint willDelayInterval) => Set(o => o.WillDelayInterval = willDelayInterval);

    /// <param name="willMessageExpiryInterval">Seconds.</param>
    public MqttClientOptionsBuilder WithWillMessageExpiryInterval(uint willMessageExpiryInterval)
        => Set(o => o.WillMessageExpiryInterval = willMessageExpiryInterval);

    public MqttClientOptionsBuilder WithWillPayload(byte[]? willPayload) => Set(o => o.WillPayload = willPayload);

    public MqttClientOptionsBuilder WithWillPayload(ArraySegment<byte> willPayload) => WithWillPayload(willPayload.ToArray());

    public MqttClientOptionsBuilder WithWillPayload(string? willPayload)
        => WithWillPayload(string.IsNullOrEmpty(willPayload) ? default(byte[]) : Encoding.UTF8.GetBytes(willPayload));

    public MqttClientOptionsBuilder WithWillPayloadFormatIndicator(MqttPayloadFormatIndicator willPayloadFormatIndicator)
        => Set(o => o.WillPayloadFormatIndicator = willPayloadFormatIndicator);

    public MqttClientOptionsBuilder WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel willQualityOfServiceLevel)
        => Set(o => o.WillQualityOfServiceLevel = willQualityOfServiceLevel);

    public MqttClientOptionsBuilder WithWillResponseTopic(string? willResponseTopic) => Set(o => o.WillResponseTopic = willResponseTopic);

    public MqttClientOptionsBuilder WithWillRetain(bool willRetain = true) => Set(o => o.WillRetain = willRetain);

    public MqttClientOptionsBuilder WithWillTopic(string? willTopic) => Set(o => o.WillTopic = willTopic);

    [Obsolete("Please use more performance `WithWillUserProperty` with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttClientOptionsBuilder WithWillUserProperty(string name, string value)
        => WithWillUserProperty(name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value)));

    public MqttClientOptionsBuilder WithWillUserProperty(string name, ReadOnlyMemory<byte> value)
        => Set(o => (o.WillUserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithWillUserProperty(string name, ArraySegment<byte> value)
        => WithWillUserProperty(name, (ReadOnlyMemory<byte>)value);
}
