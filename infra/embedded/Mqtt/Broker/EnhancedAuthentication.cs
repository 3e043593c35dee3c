using System.Net;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>Lets clients in by an exchange of data instead of a password (MQTT 5.0, section 4.12).</summary>
public interface IMqttEnhancedAuthenticator
{
    /// <summary>
    /// Begins an exchange, when a client connects or authenticates again; called on many threads.
    /// </summary>
    /// <param name="userName">From CONNECT; a claim, nothing more.</param>
    /// <returns>Null when the method is unknown: the client is refused with 0x8C.</returns>
    IMqttAuthenticationExchange? TryBegin(string method, string clientId, string? userName, EndPoint? remoteEndPoint);
}

/// <summary>One exchange with one client.</summary>
public interface IMqttAuthenticationExchange
{
    /// <summary>Takes the client's data, empty when there is none; an exception refuses the client with 0x88.</summary>
    ValueTask<MqttExchangeResult> NextAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}

/// <summary>The answer of an <see cref="IMqttAuthenticationExchange"/>.</summary>
/// <param name="ReasonCode">Success, ContinueAuthentication, or why the client is refused.</param>
/// <param name="Data">What the client gets, or null.</param>
/// <param name="UserName">Who the client has been shown to be; it owns the session.</param>
/// <param name="Principal">Handed to the <see cref="IMqttAuthorizer"/>.</param>
public readonly record struct MqttExchangeResult(MqttReasonCode ReasonCode, byte[]? Data, string? UserName, object? Principal)
{
    /// <summary>The client has to answer.</summary>
    public static MqttExchangeResult Continue(byte[]? data) => new(MqttReasonCode.ContinueAuthentication, data, null, null);

    public static MqttExchangeResult Accept(string? userName, object? principal, byte[]? data = null)
        => new(MqttReasonCode.Success, data, userName, principal);

    public static MqttExchangeResult Refuse(MqttReasonCode reasonCode = MqttReasonCode.NotAuthorized) => new(reasonCode, null, null, null);
}
