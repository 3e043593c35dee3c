using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <content>Which connection is the present one, and its end.</content>
public sealed partial class MqttClient
{
    /// <summary>Ends the connection without DISCONNECT, so that the server publishes the last will.</summary>
    public void Dispose()
    {
        ClientConnection? connection;
        lock (_gate)
        {
            _isDisposed = true;
            (connection, _connection) = (_connection, null);
            Interlocked.Exchange(ref _status, Disconnected);
        }

        if (connection is not null)
        {
            _ = connection.DisposeAsync().AsTask();
        }
    }

    private void Begin(ClientConnection connection, TimeSpan keepAlive)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _connection = connection;
            Interlocked.Exchange(ref _status, Connected);
        }

        connection.Ended += OnEnded;
        _handlers = connection.Start(keepAlive, _handlers);
    }

    // Whoever gets the connection ends it; null when it is not, or no longer, the present one.
    private ClientConnection? TryBeginEnd(ClientConnection? expected = null)
    {
        lock (_gate)
        {
            if (_status != Connected || (expected is not null && !ReferenceEquals(_connection, expected)))
            {
                return null;
            }

            _status = Disconnecting;
            return _connection;
        }
    }

    private void OnEnded(ClientConnection connection, Exception? exception, DisconnectPacket? packet)
    {
        if (TryBeginEnd(connection) is not null)
        {
            var reason = packet is null ? MqttClientDisconnectReason.UnspecifiedError : (MqttClientDisconnectReason)packet.ReasonCode;
            _ = Task.Run(() => FinishAsync(connection, true, null, reason, packet, packet is null ? exception : null));
        }
    }

    private async Task FinishAsync(ClientConnection? connection, bool wasConnected, MqttClientConnectResult? result,
        MqttClientDisconnectReason reason, DisconnectPacket? packet, Exception? exception)
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        Interlocked.CompareExchange(ref _connection, null, connection);
        Interlocked.Exchange(ref _status, Disconnected);
        var args = new MqttClientDisconnectedEventArgs(
            wasConnected, result, reason, packet?.Properties?.ReasonString, packet?.Properties?.UserProperties, exception);
        // In a task of its own, so that a handler can reconnect.
        _ = Task.Run(() => _disconnected.InvokeAsync(args));
    }

    private static Exception Translate(Exception exception, bool isOpen, bool timedOut) => exception switch
    {
        OperationCanceledException when timedOut => new MqttCommunicationTimedOutException(exception),
        OperationCanceledException => exception,
        _ when isOpen => new MqttConnectingFailedException($"Error while authenticating. {exception.Message}", exception),
        SocketException or IOException or AuthenticationException or WebSocketException => new MqttCommunicationException(exception),
        _ => exception,
    };
}
