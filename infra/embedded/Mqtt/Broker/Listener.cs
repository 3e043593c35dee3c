using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartCity.Embedded.Mqtt.Broker.Connections;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>Accepts TCP connections.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly BrokerCore _core;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();

    private Listener(BrokerCore core, Socket socket)
    {
        _core = core;
        _socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <exception cref="IOException">The port is taken or may not be used; the message names it.</exception>
    public static Listener Open(BrokerCore core)
    {
        var endPoint = new IPEndPoint(core.State.Options.ListenAddress, core.State.Options.Port);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen(1024);
            return new Listener(core, socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            var problem = exception.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is already in use by another program" : exception.Message;
            throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"MQTT port {endPoint.Port} on {endPoint.Address} cannot be listened on: it {problem}."), exception);
        }
    }

    public async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Accept(await _socket.AcceptAsync(_stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Out of file descriptors, for example: those who are connected go on, new ones wait.
                Log.AcceptFailed(_core.State.Logger, exception);
                await Task.Delay(PauseAfterFailure, CancellationToken.None);
            }
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _socket.Dispose();
    }

    private void Accept(Socket socket)
    {
        socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        var connection = new Connection(_core, stream, socket.RemoteEndPoint, () => socket.Shutdown(SocketShutdown.Send));
        int count;
        bool isTaken;
        lock (_core.State.Gate)
        {
            count = _core.State.Connections.Count;
            isTaken = count < _core.State.Options.MaximumConnections && _core.State.Connections.Add(connection);
        }

        if (!isTaken)
        {
            Log.TooManyConnections(_core.State.Logger, connection.RemoteEndPoint?.ToString() ?? "?", count);
            stream.Dispose();
            return;
        }

        _ = connection.RunAsync();
    }
}
