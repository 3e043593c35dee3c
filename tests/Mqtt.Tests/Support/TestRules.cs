using System.Net;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>Everybody with the password "key" is let in; topics and filters that begin with "forbidden" are not.</summary>
public sealed class TestRules : IMqttAuthenticator, IMqttAuthorizer
{
    /// <summary>A topic or filter that was allowed and is not any more.</summary>
    public volatile string? Withdrawn;

    public ValueTask<MqttAuthenticationResult> AuthenticateAsync(
        string clientId, string? userName, ReadOnlyMemory<byte> password, EndPoint? remoteEndPoint, CancellationToken cancellationToken)
        => userName switch
        {
            null => ValueTask.FromResult(MqttAuthenticationResult.Accept()),
            "broken" => throw new InvalidOperationException("The database is away."),
            "banned" => ValueTask.FromResult(MqttAuthenticationResult.Refuse(MqttReasonCode.Banned)),
            _ => ValueTask.FromResult(password.Span.SequenceEqual("key"u8)
                ? MqttAuthenticationResult.Accept(userName)
                : MqttAuthenticationResult.Refuse()),
        };

    public bool CanPublish(object? principal, string topic) => topic != Withdrawn && !topic.StartsWith("forbidden", StringComparison.Ordinal);

    public bool CanSubscribe(object? principal, string filter) => filter != Withdrawn && !filter.StartsWith("forbidden", StringComparison.Ordinal)
        && !(principal is "no-figures" && filter.StartsWith("$SYS", StringComparison.Ordinal));
}
