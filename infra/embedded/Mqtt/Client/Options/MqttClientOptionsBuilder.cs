using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>Builds <see cref="MqttClientOptions"/>: the session. The transport and the last will are in the other parts.</summary>
public sealed partial class MqttClientOptionsBuilder
{
    private readonly MqttClientOptions _options = new();
    public MqttClientOptionsBuilder WithCleanSession(bool value = true) => Set(o => o.CleanSession = value);

    public MqttClientOptionsBuilder WithCleanStart(bool value = true) => Set(o => o.CleanSession = value);

    public MqttClientOptionsBuilder WithClientId(string value) => Set(o => o.ClientId = value);

    public MqttClientOptionsBuilder WithCredentials(string? username, string? password)
        => WithCredentials(username, password is null ? null : Encoding.UTF8.GetBytes(password));

    public MqttClientOptionsBuilder WithCredentials(string? username, byte[]? password = null)
        => WithCredentials(new MqttClientCredentials(username, password));

    public MqttClientOptionsBuilder WithCredentials(IMqttClientCredentialsProvider? credentials) => Set(o => o.Credentials = credentials);

    public MqttClientOptionsBuilder WithEnhancedAuthentication(string? method, byte[]? data = null) => Set(o =>
    {
        o.AuthenticationMethod = method;
        o.AuthenticationData = data;
    });

    public MqttClientOptionsBuilder WithEnhancedAuthenticationHandler(IMqttEnhancedAuthenticationHandler? handler)
        => Set(o => o.EnhancedAuthenticationHandler = handler);

    public MqttClientOptionsBuilder WithKeepAlivePeriod(TimeSpan value) => Set(o => o.KeepAlivePeriod = value);

    public MqttClientOptionsBuilder WithMaximumPacketSize(uint maximumPacketSize) => Set(o => o.MaximumPacketSize = maximumPacketSize);

    public MqttClientOptionsBuilder WithNoKeepAlive() => WithKeepAlivePeriod(TimeSpan.Zero);

    public MqttClientOptionsBuilder WithProtocolVersion(MqttProtocolVersion value)
        => value == MqttProtocolVersion.Unknown
            ? throw new NotSupportedException("Protocol version is invalid.")
            : Set(o => o.ProtocolVersion = value);

    public MqttClientOptionsBuilder WithReceiveMaximum(ushort receiveMaximum) => Set(o => o.ReceiveMaximum = receiveMaximum);

    public MqttClientOptionsBuilder WithRequestProblemInformation(bool requestProblemInformation = true)
        => Set(o => o.RequestProblemInformation = requestProblemInformation);

    public MqttClientOptionsBuilder WithRequestResponseInformation(bool requestResponseInformation = true)
        => Set(o => o.RequestResponseInformation = requestResponseInformation);

    /// <param name="sessionExpiryInterval">Seconds; <see cref="uint.MaxValue"/> means never.</param>
    public MqttClientOptionsBuilder WithSessionExpiryInterval(uint sessionExpiryInterval)
        => Set(o => o.SessionExpiryInterval = sessionExpiryInterval);

    public MqttClientOptionsBuilder WithTimeout(TimeSpan value) => Set(o => o.Timeout = value);

    public MqttClientOptionsBuilder WithTopicAliasMaximum(ushort topicAliasMaximum) => Set(o => o.TopicAliasMaximum = topicAliasMaximum);

    public MqttClientOptionsBuilder WithTryPrivate(bool value = true) => Set(o => o.TryPrivate = value);

    [Obsolete("Please use more performance `WithUserProperty` with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttClientOptionsBuilder WithUserProperty(string name, string value)
        => WithUserProperty(name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value)));

    public MqttClientOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
        => Set(o => (o.UserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithUserProperty(string name, ArraySegment<byte> value)
        => WithUserProperty(name, (ReadOnlyMemory<byte>)value);

    private MqttClientOptionsBuilder Set(Action<MqttClientOptions> change)
    {
        change(_options);
        return this;
    }
}
