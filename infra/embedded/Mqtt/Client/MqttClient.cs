using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Embedded.Mqtt.Transport;

namespace MQTTnet;

/// <summary>The client behind <see cref="MqttClientFactory.CreateMqttClient"/>.</summary>
public sealed partial class MqttClient : IMqttClient
{
    private const int Disconnected = 0, Connecting = 1, Connected = 2, Disconnecting = 3;

    private readonly AsyncEvent<MqttApplicationMessageReceivedEventArgs> _messageReceived = new();
    private readonly AsyncEvent<MqttClientConnectedEventArgs> _connected = new();
    private readonly AsyncEvent<MqttClientConnectingEventArgs> _connecting = new();
    private readonly AsyncEvent<MqttClientDisconnectedEventArgs> _disconnected = new();
    private readonly ClientSession _session = new();
    private readonly Lock _gate = new();
    private readonly TimeProvider _timeProvider;
    private ClientConnection? _connection;
    private Task _handlers = Task.CompletedTask;
    private int _status;
    private bool _isDisposed;

    internal MqttClient(TimeProvider timeProvider) => _timeProvider = timeProvider;

    public event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync
    {
        add => _messageReceived.Add(value);
        remove => _messageReceived.Remove(value);
    }

    public event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync
    {
        add => _connected.Add(value);
        remove => _connected.Remove(value);
    }

    public event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync
    {
        add => _connecting.Add(value);
        remove => _connecting.Remove(value);
    }

    public event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync
    {
        add => _disconnected.Add(value);
        remove => _disconnected.Remove(value);
    }

    public bool IsConnected => Volatile.Read(ref _status) == Connected;

    public MqttClientOptions Options { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var channel = options.ChannelOptions ?? throw new ArgumentException("ChannelOptions are not set.", nameof(options));
        if (options.ValidateFeatures)
        {
            FeatureValidator.ThrowIfNotSupported(options);
        }

        var before = Interlocked.CompareExchange(ref _status, Connecting, Disconnected);
        if (before != Disconnected)
        {
            throw new InvalidOperationException(before == Connected
                ? "It is not allowed to connect with a server after the connection is established."
                : "Not allowed to connect while connect/disconnect is pending.");
        }

        Options = options;
        ClientConnection? connection = null;
        var isConnected = false;
        using var timeout = new RequestTimeout(options.Timeout, _timeProvider, cancellationToken);
        try
        {
            await _connecting.InvokeAsync(new MqttClientConnectingEventArgs(options));
            var stream = channel is MqttClientWebSocketOptions webSocket
                ? await WebSocketConnector.ConnectAsync(webSocket, timeout.Token)
                : await TcpConnector.ConnectAsync((MqttClientTcpOptions)channel, timeout.Token);
            connection = new ClientConnection(stream, options, _timeProvider, _session, _messageReceived.InvokeAsync);
            var result = await connection.HandshakeAsync(timeout.Token);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                await FinishAsync(connection, false, result, (MqttClientDisconnectReason)(int)result.ResultCode, null, null);
                return result;
            }

            Begin(connection, result.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(result.ServerKeepAlive) : options.KeepAlivePeriod);
            isConnected = true;
            await _connected.InvokeAsync(new MqttClientConnectedEventArgs(result));
            return result;
        }
        catch (Exception exception)
        {
            var reported = Translate(exception, connection is not null, timeout.HasExpired);
            // A handler may fail long after the connection has ended and another one has begun.
            if (!isConnected || TryBeginEnd(connection) is not null)
            {
                await FinishAsync(connection, false, null, MqttClientDisconnectReason.UnspecifiedError, null, reported);
            }

            if (ReferenceEquals(reported, exception))
            {
                throw;
            }

            throw reported;
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (TryBeginEnd() is not { } connection)
        {
            return;
        }

        try
        {
            using var timeout = new RequestTimeout(Options.Timeout, _timeProvider, cancellationToken);
            var hasProperties = options.ReasonString is not null || options.SessionExpiryInterval > 0 || options.UserProperties is { Count: > 0 };
            await connection.LeaveAsync(
                new DisconnectPacket((MqttReasonCode)options.Reason)
                {
                    Properties = hasProperties
                        ? new MqttProperties
                        {
                            ReasonString = options.ReasonString,
                            SessionExpiryInterval = options.SessionExpiryInterval == 0 ? null : options.SessionExpiryInterval,
                            UserProperties = options.UserProperties,
                        }
                        : null,
                },
                timeout.Token);
        }
        finally
        {
            await FinishAsync(connection, true, null, (MqttClientDisconnectReason)options.Reason, null, null);
        }
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken = default)
        => WithTimeoutAsync(async (connection, token) =>
        {
            await connection.PingAsync(token);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public async Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        cancellationToken.ThrowIfCancellationRequested();
        var topic = applicationMessage.Topic ?? string.Empty;
        if (!TopicRules.IsValidName(topic) && !(topic.Length == 0 && applicationMessage.TopicAlias > 0))
        {
            throw new MqttProtocolViolationException("The topic is empty, has a wildcard or is not valid UTF-8.");
        }

        var connection = CurrentConnection();
        if (Options.ValidateFeatures)
        {
            FeatureValidator.ThrowIfNotSupported(applicationMessage, Options.ProtocolVersion);
        }

        var packet = new PublishPacket
        {
            Topic = new TopicName(topic),
            Payload = applicationMessage.Payload,
            QualityOfService = (byte)applicationMessage.QualityOfServiceLevel,
            Retain = applicationMessage.Retain,
            Duplicate = applicationMessage.Dup && applicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce,
            Properties = connection.Version == ProtocolVersion.Version500 ? PacketFactory.Properties(applicationMessage) : null,
        };
        var ack = await connection.PublishAsync(packet, cancellationToken);
        return ack is null ? new MqttClientPublishResult(null, MqttClientPublishReasonCode.Success, null, []) : PacketFactory.PublishResult(ack);
    }

    /// <inheritdoc/>
    public Task SendEnhancedAuthenticationExchangeDataAsync(MqttEnhancedAuthenticationExchangeData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        CurrentConnection().Send(PacketFactory.Auth(
            (MqttReasonCode)data.ReasonCode, Options.AuthenticationMethod, data.AuthenticationData, data.ReasonString, data.UserProperties));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default)
        => Subscriptions.SubscribeAsync(options, Options, WithTimeoutAsync<MqttPacket>, cancellationToken);

    /// <inheritdoc/>
    public Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default)
        => Subscriptions.UnsubscribeAsync(options, WithTimeoutAsync<MqttPacket>, cancellationToken);

    private async Task<T> WithTimeoutAsync<T>(Func<ClientConnection, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = CurrentConnection();
        using var timeout = new RequestTimeout(Options.Timeout, _timeProvider, cancellationToken);
        try
        {
            return await request(connection, timeout.Token);
        }
        catch (OperationCanceledException exception) when (timeout.HasExpired)
        {
            throw new MqttCommunicationTimedOutException(exception);
        }
    }

    private ClientConnection CurrentConnection()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return IsConnected && _connection is { } connection ? connection : throw new MqttClientNotConnectedException();
    }
}
