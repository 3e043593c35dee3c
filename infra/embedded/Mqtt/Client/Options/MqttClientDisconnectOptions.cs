using System.Text;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What the client says when it leaves.</summary>
public sealed class MqttClientDisconnectOptions
{
    public MqttClientDisconnectOptionsReason Reason { get; set; } = MqttClientDisconnectOptionsReason.NormalDisconnection;

    public string? ReasonString { get; set; }

    /// <summary>Seconds for which the server keeps the session; 0 leaves what CONNECT said.</summary>
    public uint SessionExpiryInterval { get; set; }

    public List<MqttUserProperty>? UserProperties { get; set; }
}

/// <summary>Builds <see cref="MqttClientDisconnectOptions"/>.</summary>
public sealed class MqttClientDisconnectOptionsBuilder
{
    private readonly MqttClientDisconnectOptions _options = new();

    public MqttClientDisconnectOptions Build() => _options;

    public MqttClientDisconnectOptionsBuilder WithReason(MqttClientDisconnectOptionsReason value) => Set(o => o.Reason = value);

    public MqttClientDisconnectOptionsBuilder WithReasonString(string? value) => Set(o => o.ReasonString = value);

    /// <param name="value">Seconds.</param>
    public MqttClientDisconnectOptionsBuilder WithSessionExpiryInterval(uint value) => Set(o => o.SessionExpiryInterval = value);

    public MqttClientDisconnectOptionsBuilder WithUserProperties(List<MqttUserProperty>? userProperties)
        => Set(o => o.UserProperties = userProperties);

    [Obsolete("Please use more performance `WithUserProperty` with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttClientDisconnectOptionsBuilder WithUserProperty(string name, string value)
        => WithUserProperty(name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value)));

    public MqttClientDisconnectOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
        => Set(o => (o.UserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientDisconnectOptionsBuilder WithUserProperty(string name, ArraySegment<byte> value)
        => WithUserProperty(name, (ReadOnlyMemory<byte>)value);

    private MqttClientDisconnectOptionsBuilder Set(Action<MqttClientDisconnectOptions> change)
    {
        change(_options);
        return this;
    }
}
