using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using SmartCity.Embedded.Mqtt.Broker.Connections;

namespace SmartCity.Embedded.Mqtt.Broker.Listening;

/// <summary>Accepts TCP connections, encrypted or not.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly BrokerCore _core;
    private readonly Socket _socket;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly CancellationTokenSource _stopping = new();

    private Listener(BrokerCore core, Socket socket, SslServerAuthenticationOptions? tls)
    {
        _core = core;
        _socket = socket;
        _tls = tls;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <exception cref="IOException">The port is taken or may not be used; the message names it.</exception>
    public static Listener Open(BrokerCore core, int port, SslServerAuthenticationOptions? tls)
    {
        var endPoint = new IPEndPoint(core.State.Options.ListenAddress, port);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen(1024);
            return new Listener(core, socket, tls);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw CannotListen(endPoint, exception.SocketErrorCode == SocketError.AddressAlreadyInUse, exception);
        }
    }

    public static IOException CannotListen(IPEndPoint endPoint, bool isInUse, Exception exception)
    {
        var problem = isInUse ? "is already in use by another program" : exception.Message;
        return new IOException(
            string.Create(CultureInfo.InvariantCulture, $"MQTT port {endPoint.Port} on {endPoint.Address} cannot be listened on: it {problem}."), exception);
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
        var remoteEndPoint = socket.RemoteEndPoint;
        try
        {
            socket.NoDelay = true;
        }
        catch (SocketException exception)
        {
            // Gone before it was looked at; the next one is not made to wait for it.
            Log.HandshakeFailed(_core.State.Logger, remoteEndPoint?.ToString() ?? "?", exception.Message);
            socket.Dispose();
            return;
        }

        if (!_core.Admission.TryBegin(remoteEndPoint))
        {
            socket.Dispose();
            return;
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        if (_tls is null)
        {
            Run(stream, remoteEndPoint, () => socket.Shutdown(SocketShutdown.Send));
        }
        else
        {
            _ = SecureAsync(socket, new SslStream(stream, leaveInnerStreamOpen: false), _tls);
        }
    }

    private async Task SecureAsync(Socket socket, SslStream stream, SslServerAuthenticationOptions tls)
    {
        var remoteEndPoint = socket.RemoteEndPoint;
        try
        {
            using var timeout = new CancellationTokenSource(_core.State.Options.ConnectTimeout, _core.State.TimeProvider);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
            await stream.AuthenticateAsServerAsync(tls, both.Token);
        }
        catch (Exception exception)
        {
            // Whatever a peer does in a handshake, it only costs that peer its connection.
            _core.Admission.Cancel();
            Log.HandshakeFailed(_core.State.Logger, remoteEndPoint?.ToString() ?? "?", exception.Message);
            await stream.DisposeAsync();
            return;
        }

        Run(stream, remoteEndPoint, () => _ = ShutDownAsync(socket, stream));
    }

    // The peer is told that nothing was cut off, then that nothing more comes.
    private async Task ShutDownAsync(Socket socket, SslStream stream)
    {
        try
        {
            await stream.ShutdownAsync();
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            Log.HandshakeFailed(_core.State.Logger, "a closing connection", exception.Message);
        }
    }

    private void Run(Stream stream, EndPoint? remoteEndPoint, Action shutdownSending)
    {
        var connection = new Connection(_core, stream, remoteEndPoint, shutdownSending);
        if (_core.Admission.TryComplete(connection))
        {
            _ = connection.RunAsync();
        }
        else
        {
            stream.Dispose();
        }
    }
}
