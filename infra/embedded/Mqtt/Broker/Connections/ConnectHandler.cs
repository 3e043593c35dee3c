using System.Globalization;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>CONNECT: who it is, which session, what the server offers (MQTT 5.0, sections 3.1.4 and 3.2).</summary>
internal sealed class ConnectHandler(BrokerCore core, Connection connection)
{
    private const int MaximumClientIdLength = 1024;

    public async ValueTask HandleAsync(ConnectPacket packet)
    {
        connection.Output.Version = packet.Version;
        connection.MaximumPacketBytes = packet.Properties?.MaximumPacketSize ?? uint.MaxValue;
        connection.UserName = packet.UserName;
        connection.ClientId = packet.ClientId.Length > 0
            ? packet.ClientId
            : string.Create(CultureInfo.InvariantCulture, $"auto-{Guid.NewGuid():N}");
        if (Check(packet) is { } problem)
        {
            Refuse(problem.Reason, problem.Topic, problem.Text);
            return;
        }

        if (packet.Properties?.AuthenticationMethod is { } method)
        {
            connection.Authentication = new AuthHandler(core, connection, method);
            await connection.Authentication.BeginAsync(packet);
            return;
        }

        var result = await AuthenticateAsync(packet);
        if (!result.IsAccepted)
        {
            Refuse(result.ReasonCode, null, "The client was not let in.");
            return;
        }

        Admit(packet, result.Principal, null);
    }

    /// <summary>The client is who it says.</summary>
    /// <param name="authenticationData">For CONNACK, the end of an exchange.</param>
    public void Admit(ConnectPacket packet, object? principal, byte[]? authenticationData)
    {
        connection.Principal = principal;
        if (packet.Will is { } will)
        {
            if (!TopicLimits.AllowsName(will.Topic))
            {
                Refuse(MqttReasonCode.TopicNameInvalid, will.Topic, "The topic of the last will has more levels than the server takes.");
                return;
            }

            if (will.Topic.StartsWith('$') || !core.Authorizer.CanPublish(principal, will.Topic))
            {
                Refuse(MqttReasonCode.NotAuthorized, will.Topic, "The client may not publish its last will.");
                return;
            }

            connection.Will = will;
        }

        Accept(packet, authenticationData);
    }

    /// <summary>Seconds, at most what the options allow.</summary>
    public static uint Bounded(uint expirySeconds, MqttBrokerOptions options)
        => (uint)Math.Min(expirySeconds, options.MaximumSessionExpiry.TotalSeconds);

    /// <summary>Sends the CONNACK that refuses, in the form of the client's version.</summary>
    public static void Refuse(Connection connection, MqttReasonCode reason, string text)
    {
        connection.Output.Version = connection.Version;
        connection.TrySend(new ConnAckPacket
        {
            ReasonCode = connection.IsVersion5 ? (byte)reason : ReasonCodes.ToConnectReturnCode(reason),
            Properties = new MqttProperties { ReasonString = text },
        });
    }

    private (MqttReasonCode Reason, string? Topic, string Text)? Check(ConnectPacket packet)
    {
        if (packet.ClientId.Length > MaximumClientIdLength)
        {
            return (MqttReasonCode.ClientIdentifierNotValid, null, "The client identifier is too long.");
        }

        // Version 3.1.1, section 3.1.3.1: a session that is to be kept needs a name.
        return packet is { ClientId.Length: 0, CleanStart: false, Version: ProtocolVersion.Version311 }
            ? (MqttReasonCode.ClientIdentifierNotValid, null, "A persistent session needs a client identifier.")
            : null;
    }

    private async ValueTask<MqttAuthenticationResult> AuthenticateAsync(ConnectPacket packet)
    {
        try
        {
            return await core.Authenticator.AuthenticateAsync(
                connection.ClientId, packet.UserName, packet.Password, connection.RemoteEndPoint, connection.Closing);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.AuthenticatorFailed(core.State.Logger, exception, connection.ClientId);
            return MqttAuthenticationResult.Refuse(MqttReasonCode.ServerUnavailable);
        }
    }

    private void Accept(ConnectPacket packet, byte[]? authenticationData)
    {
        var requested = packet.Version == ProtocolVersion.Version500
            ? packet.Properties?.SessionExpiryInterval ?? 0
            : packet.CleanStart ? 0 : uint.MaxValue;
        connection.RequestedExpirySeconds = requested;
        connection.SendQuota = Math.Min(packet.Properties?.ReceiveMaximum ?? ushort.MaxValue, core.State.Options.MaximumInflightToClient);
        if (packet.Properties?.TopicAliasMaximum is > 0 and var aliases)
        {
            connection.Aliases = new OutgoingAliases(Math.Min(aliases, core.State.Options.MaximumTopicAliasesToClient));
        }

        connection.WantsReasons = packet.Properties?.RequestProblemInformation != 0;
        var keepAlive = KeepAliveSeconds(packet);
        connection.KeepAliveMilliseconds = keepAlive * 1000L;
        Connection? displaced;
        List<string> refused = [];
        var fits = true;
        lock (core.State.Gate)
        {
            if (connection.IsClosing || !core.State.Connections.Contains(connection))
            {
                // It ended while the client was being authenticated, or its key was revoked: a session would never lose
                // it again, and a live connection must not give its session to it.
                return;
            }

            if (core.Sessions.IsForeign(connection.ClientId, connection.UserName))
            {
                displaced = null;
            }
            else if (core.Sessions.IsFull(connection.ClientId))
            {
                displaced = connection;
            }
            else
            {
                // Before anything else has changed, as the authorizer is the host's and may fail.
                refused = !packet.CleanStart && core.State.Sessions.TryGetValue(connection.ClientId, out var existing)
                    ? StoredSubscriptions.RemoveRefused(core, existing, connection.Principal)
                    : [];
                var session = core.Sessions.Attach(
                    connection, packet.CleanStart, Bounded(requested, core.State.Options), out var sessionPresent, out displaced);
                connection.Session = session;
                fits = connection.TrySend(ConnAck(
                    packet, sessionPresent, session.IsDurable ? session.ExpirySeconds : requested, keepAlive, authenticationData));
                if (fits)
                {
                    core.Deliveries.Resume(session, connection);
                }
            }
        }

        if (connection.Session is null)
        {
            var (reason, text) = displaced is null
                ? (MqttReasonCode.ClientIdentifierNotValid, "The client identifier belongs to another user.")
                : (MqttReasonCode.QuotaExceeded, "The server holds as many sessions as it may.");
            Refuse(reason, null, text);
            return;
        }

        displaced?.Close(MqttReasonCode.SessionTakenOver, "The client has connected again.");
        StoredSubscriptions.Report(core, connection, refused);
        if (!fits)
        {
            connection.CloseQuietly("the client does not take a packet of the size of CONNACK");
        }
    }

    private ConnAckPacket ConnAck(ConnectPacket packet, bool sessionPresent, uint requestedExpiry, int keepAlive, byte[]? authenticationData)
    {
        var options = core.State.Options;
        var expiry = Bounded(requestedExpiry, options);
        return new ConnAckPacket
        {
            SessionPresent = sessionPresent,
            Properties = new MqttProperties
            {
                ReceiveMaximum = (ushort)options.ReceiveMaximum,
                MaximumPacketSize = (uint)options.MaximumPacketSizeBytes,
                TopicAliasMaximum = options.TopicAliasMaximum,
                AssignedClientIdentifier = packet.ClientId.Length == 0 ? connection.ClientId : null,
                SessionExpiryInterval = expiry != (packet.Properties?.SessionExpiryInterval ?? 0) ? expiry : null,
                AuthenticationMethod = connection.Authentication?.Method,
                AuthenticationData = authenticationData,
                ServerKeepAlive = keepAlive != packet.KeepAliveSeconds ? (ushort)keepAlive : null,
            },
        };
    }

    private int KeepAliveSeconds(ConnectPacket packet)
    {
        var maximum = (int)core.State.Options.MaximumKeepAlive.TotalSeconds;
        return maximum > 0 && (packet.KeepAliveSeconds == 0 || packet.KeepAliveSeconds > maximum) ? maximum : packet.KeepAliveSeconds;
    }

    public void Refuse(MqttReasonCode reason, string? topic, string text)
    {
        Refuse(connection, reason, text);
        core.State.Refuse(connection.UserName, connection.ClientId, reason, topic, text);
        connection.CloseQuietly(text);
    }
}
