using System.Net;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>Decides who may connect.</summary>
public interface IMqttAuthenticator
{
    /// <summary>Called once per CONNECT, on many threads; an exception refuses the client with 0x88 Server unavailable.</summary>
    /// <param name="password">The password's bytes, empty when there is none; not valid after the call.</param>
    ValueTask<MqttAuthenticationResult> AuthenticateAsync(
        string clientId, string? userName, ReadOnlyMemory<byte> password, EndPoint? remoteEndPoint, CancellationToken cancellationToken);
}

/// <summary>Decides what a connected client may do. Called while the broker routes: it must be quick and never block.</summary>
public interface IMqttAuthorizer
{
    bool CanPublish(object? principal, string topic);

    /// <param name="filter">The filter without its <c>$share/group/</c>.</param>
    bool CanSubscribe(object? principal, string filter);
}

/// <summary>Decides how soon what a client may publish is taken; called once for each publish, on many threads: it must be quick and never block.</summary>
public interface IMqttPublishGate
{
    /// <returns>
    /// How long the publish is held back, while nothing more is read from its connection; zero takes it at once. Null takes
    /// it not at all: quality of service 0 is dropped, above it is refused with 0x97 Quota exceeded.
    /// </returns>
    TimeSpan? Admit(object? principal, string topic, byte qualityOfService);
}

/// <summary>The answer of an <see cref="IMqttAuthenticator"/>.</summary>
public readonly record struct MqttAuthenticationResult(MqttReasonCode ReasonCode, object? Principal)
{
    public bool IsAccepted => ReasonCode == MqttReasonCode.Success;

    /// <summary>Accepts; the principal is handed to the <see cref="IMqttAuthorizer"/>.</summary>
    public static MqttAuthenticationResult Accept(object? principal = null) => new(MqttReasonCode.Success, principal);

    /// <summary>Refuses, by default with 0x86 Bad user name or password.</summary>
    public static MqttAuthenticationResult Refuse(MqttReasonCode reasonCode = MqttReasonCode.BadUserNameOrPassword) => new(reasonCode, null);
}

/// <summary>Lets everybody connect and do everything: for the broker alone on a trusted network.</summary>
public sealed class AllowAnonymous : IMqttAuthenticator, IMqttAuthorizer
{
    public ValueTask<MqttAuthenticationResult> AuthenticateAsync(
        string clientId, string? userName, ReadOnlyMemory<byte> password, EndPoint? remoteEndPoint, CancellationToken cancellationToken)
        => ValueTask.FromResult(MqttAuthenticationResult.Accept());

    public bool CanPublish(object? principal, string topic) => true;

    public bool CanSubscribe(object? principal, string filter) => true;
}

/// <summary>Something that the broker refused; see <see cref="MqttBroker.OnRefused"/>.</summary>
/// <param name="Topic">The topic or filter, or null when a connection was refused.</param>
public sealed record MqttRefusal(string? UserName, string ClientId, MqttReasonCode ReasonCode, string? Topic, string Text);
