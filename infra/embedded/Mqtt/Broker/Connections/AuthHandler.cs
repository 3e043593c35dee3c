using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>
/// Enhanced authentication on one connection, whose method CONNECT chose (MQTT 5.0, section 4.12): the exchange before
/// CONNACK, and later ones that the client begins.
/// </summary>
internal sealed class AuthHandler(BrokerCore core, Connection connection, string method)
{
    private IMqttAuthenticationExchange? _exchange;
    private ConnectPacket? _connect;

    public string Method { get; } = method;

    /// <summary>Begins with the data of CONNECT.</summary>
    public ValueTask BeginAsync(ConnectPacket connect)
    {
        _connect = connect;
        _exchange = Begin();
        return _exchange is null
            ? RefuseAsync(MqttReasonCode.BadAuthenticationMethod, "The authentication method is not known.")
            : ContinueAsync(connect.Properties?.AuthenticationData);
    }

    /// <exception cref="MqttProtocolException">The packet does not fit the exchange.</exception>
    public ValueTask HandleAsync(AuthPacket packet)
    {
        if (!string.Equals(packet.Properties?.AuthenticationMethod, Method, StringComparison.Ordinal))
        {
            throw MqttProtocolException.Protocol("AUTH has not the method of CONNECT.");
        }

        var expected = _exchange is null ? MqttReasonCode.ReAuthenticate : MqttReasonCode.ContinueAuthentication;
        if (packet.ReasonCode != expected)
        {
            throw MqttProtocolException.Protocol($"AUTH has not the reason code that is due, {expected}.");
        }

        _exchange ??= Begin();
        return _exchange is null
            ? RefuseAsync(MqttReasonCode.BadAuthenticationMethod, "The authentication method is not known any more.")
            : ContinueAsync(packet.Properties!.AuthenticationData);
    }

    private IMqttAuthenticationExchange? Begin()
        => core.State.Options.EnhancedAuthenticator?.TryBegin(Method, connection.ClientId, connection.UserName, connection.RemoteEndPoint);

    private async ValueTask ContinueAsync(byte[]? data)
    {
        MqttExchangeResult result;
        try
        {
            result = await _exchange!.NextAsync(data, connection.Closing);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.AuthenticatorFailed(core.State.Logger, exception, connection.ClientId);
            result = MqttExchangeResult.Refuse(MqttReasonCode.ServerUnavailable);
        }

        switch (result.ReasonCode)
        {
            case MqttReasonCode.ContinueAuthentication:
                Send(MqttReasonCode.ContinueAuthentication, result.Data);
                break;
            case MqttReasonCode.Success:
                _exchange = null;
                await AcceptAsync(result);
                break;
            default:
                await RefuseAsync(result.ReasonCode, "The client was not let in.");
                break;
        }
    }

    private ValueTask AcceptAsync(in MqttExchangeResult result)
    {
        if (_connect is { } connect)
        {
            _connect = null;
            connection.UserName = result.UserName;
            new ConnectHandler(core, connection).Admit(connect, result.Principal, result.Data);
            return ValueTask.CompletedTask;
        }

        // The session and its subscriptions are those of the first user.
        if (!string.Equals(result.UserName, connection.UserName, StringComparison.Ordinal))
        {
            return RefuseAsync(MqttReasonCode.NotAuthorized, "The client has become another user.");
        }

        connection.ChangePrincipal(result.Principal);
        Send(MqttReasonCode.Success, result.Data);
        return ValueTask.CompletedTask;
    }

    private ValueTask RefuseAsync(MqttReasonCode reason, string text)
    {
        if (connection.Session is null)
        {
            new ConnectHandler(core, connection).Refuse(reason, null, text);
        }
        else
        {
            core.State.Refuse(connection.UserName, connection.ClientId, reason, null, text);
            connection.Close(ReasonCodes.IsAllowed(PacketType.Disconnect, reason) ? reason : MqttReasonCode.NotAuthorized, text);
        }

        return ValueTask.CompletedTask;
    }

    private void Send(MqttReasonCode reason, byte[]? data)
    {
        if (!connection.TrySend(new AuthPacket(reason)
        {
            Properties = new MqttProperties { AuthenticationMethod = Method, AuthenticationData = data },
        }))
        {
            connection.Close(MqttReasonCode.PacketTooLarge, "The client does not take a packet of the size of AUTH.");
        }
    }
}
