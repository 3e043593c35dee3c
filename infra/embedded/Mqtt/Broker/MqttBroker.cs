using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Listening;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Storage;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>An MQTT 3.1.1 and 5.0 broker with durable sessions. See the README for what it promises.</summary>
public sealed class MqttBroker : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private readonly BrokerCore _core;
    private Listeners? _listeners;
    private Housekeeping? _housekeeping;
    private bool _isStopped;

    public MqttBroker(
        MqttBrokerOptions options,
        IMqttAuthenticator authenticator,
        IMqttAuthorizer authorizer,
        TimeProvider? timeProvider = null,
        ILogger<MqttBroker>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        var state = new BrokerState(
            options, timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance, refusal => OnRefused?.Invoke(refusal));
        _core = new BrokerCore(state, authenticator, authorizer);
    }

    /// <summary>Called for every refused connect, publish and subscribe, on the refusing thread: it must be quick.</summary>
    public Action<MqttRefusal>? OnRefused { get; set; }

    /// <summary>Slows or refuses what clients publish; null takes everything.</summary>
    public IMqttPublishGate? PublishGate
    {
        get => _core.PublishGate;
        set => _core.PublishGate = value;
    }

    /// <summary>Where the broker listens for MQTT over TCP, with the real port, once started.</summary>
    /// <exception cref="InvalidOperationException">The broker is not started, or does not listen there.</exception>
    public IPEndPoint EndPoint => _listeners?.Tcp ?? throw new InvalidOperationException("The broker is not started or has no TCP port.");

    /// <summary>Where it listens for MQTT over TLS; null when it does not.</summary>
    public IPEndPoint? TlsEndPoint => _listeners?.Tls;

    /// <summary>Where it listens for MQTT over WebSocket; null when it does not.</summary>
    public IPEndPoint? WebSocketEndPoint => _listeners?.WebSocket;

    /// <summary>Where it listens for MQTT over WebSocket over TLS; null when it does not.</summary>
    public IPEndPoint? SecureWebSocketEndPoint => _listeners?.SecureWebSocket;

    /// <summary>Figures of now; to be read after the start.</summary>
    public MqttBrokerStatistics Statistics => _core.State.Statistics();

    /// <summary>Replays the journal and listens.</summary>
    /// <exception cref="IOException">A port is taken, or the data directory is in use; the message names it.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_listeners is not null)
        {
            throw new InvalidOperationException("The broker was started before; make a new one.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        var state = _core.State;
        // The ports come first: a second broker by mistake must not touch the data.
        _listeners = Listeners.Bind(_core);
        try
        {
            var stored = new StoredState(state.Limits, state.Retained);
            state.Store = await Task.Run(() => SessionStore.Open(state.Options, stored), cancellationToken);
            if (state.Store.TornBytes > 0)
            {
                Log.TornJournal(state.Logger, state.Options.DataDirectory, state.Store.TornBytes);
            }

            lock (state.Gate)
            {
                _core.Sessions.Restore(stored.Sessions, stored.LastSessionKey);
            }

            _core.SysTopics.Start();
            await state.Store.FlushAsync();
            await _listeners.StartAsync(cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        _housekeeping = new Housekeeping(_core);
        Log.Started(state.Logger, _listeners.ToString(), state.Sessions.Count, state.Retained.Count);
    }

    /// <summary>
    /// Tells the clients (0x8B), closes, and writes what is pending. Last wills stay in the journal: the clients are to
    /// come back.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_isStopped || _listeners is null)
        {
            return;
        }

        _isStopped = true;
        _core.Admission.Stop();
        await _listeners.StopAcceptingAsync();
        _housekeeping?.Dispose();
        List<Connection> connections;
        lock (_core.State.Gate)
        {
            connections = [.. _core.State.Connections];
            _core.State.IsStopping = true;
        }

        connections.ForEach(connection => connection.Close(MqttReasonCode.ServerShuttingDown, "The server stops."));
        try
        {
            await Task.WhenAll(connections.Select(connection => connection.Ended)).WaitAsync(StopTimeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            connections.ForEach(connection => connection.Abort("the server stopped"));
        }

        await _listeners.DisposeAsync();
        if (_core.State.Store is { } store)
        {
            await store.DisposeAsync();
        }
    }

    /// <summary>Publishes as the host itself, past authorization; completes when the message is safe.</summary>
    /// <exception cref="ArgumentException">The topic is not a topic name.</exception>
    /// <exception cref="MqttProtocolException">A session or the store of retained messages is full (0x97).</exception>
    /// <exception cref="IOException">The message could not be stored.</exception>
    public Task PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
        bool retain = false)
    {
        if (!TopicRules.IsValidName(topic) || !TopicLimits.AllowsName(topic))
        {
            throw new ArgumentException("The topic is empty, has a wildcard or too many levels, or is not valid UTF-8.", nameof(topic));
        }

        var message = new Message
        {
            Topic = new TopicName(topic),
            Payload = payload.ToArray(),
            QualityOfService = (byte)qualityOfServiceLevel,
            Retain = retain,
        };
        lock (_core.State.Gate)
        {
            var result = _core.Router.Route(message, null);
            return result.Outcome is RouteOutcome.Accepted or RouteOutcome.NoSubscribers
                ? result.Stored
                : throw new MqttProtocolException(MqttReasonCode.QuotaExceeded, $"{topic} was not published: {result.Outcome} {result.FullSession?.ClientId}");
        }
    }

    /// <summary>
    /// Drops the connections of a user whose key was revoked, and their sessions (declared ones only begin anew). A client
    /// that is just being let in is dropped too; of those in the middle of an exchange, whose user is not known yet, all.
    /// </summary>
    public async Task DisconnectClientAsync(string userName)
    {
        List<Connection> connections;
        lock (_core.State.Gate)
        {
            connections = [.. _core.State.Connections.Where(connection => IsOf(connection, userName))];
        }

        connections.ForEach(connection => connection.Close(MqttReasonCode.AdministrativeAction, "The key was revoked."));
        lock (_core.State.Gate)
        {
            // Looked for only now, when none of these connections can get a session any more.
            foreach (var session in _core.State.Sessions.Values
                .Where(session => !session.IsDurable && string.Equals(session.UserName, userName, StringComparison.Ordinal)).ToList())
            {
                _core.Sessions.Remove(session);
            }
        }

        await _core.State.Store.FlushAsync();
    }

    private static bool IsOf(Connection connection, string userName)
        => string.Equals(connection.UserName, userName, StringComparison.Ordinal)
            || connection is { Session: null, Authentication: not null };

    public async ValueTask DisposeAsync() => await StopAsync();
}
