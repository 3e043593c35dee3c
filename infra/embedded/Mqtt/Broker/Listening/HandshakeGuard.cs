using Microsoft.AspNetCore.Connections;
using SmartCity.Embedded.Mqtt.Broker.Connections;

namespace SmartCity.Embedded.Mqtt.Broker.Listening;

/// <summary>
/// Holds the place of an HTTP connection and ends it when it has not become an MQTT connection in time, whatever it
/// sends until then: half a TLS handshake, a header byte by byte, or one request after another.
/// </summary>
internal sealed class HandshakeGuard : IDisposable
{
    private readonly BrokerCore _core;
    private readonly ConnectionContext _context;
    private readonly ITimer _timer;
    private int _isDone;

    private HandshakeGuard(BrokerCore core, ConnectionContext context)
    {
        _core = core;
        _context = context;
        _timer = core.State.TimeProvider.CreateTimer(_ => Abort(), null, core.State.Options.ConnectTimeout, Timeout.InfiniteTimeSpan);
    }

    public static async Task RunAsync(BrokerCore core, ConnectionContext context, ConnectionDelegate next)
    {
        if (!core.Admission.TryBegin(context.RemoteEndPoint))
        {
            context.Abort();
            return;
        }

        using var guard = new HandshakeGuard(core, context);
        context.Features.Set(guard);
        await next(context);
    }

    /// <summary>Hands the place on to the connection; false when it is too late.</summary>
    public bool TryComplete(Connection connection)
    {
        _timer.Dispose();
        return Interlocked.Exchange(ref _isDone, 1) == 0 && _core.Admission.TryComplete(connection);
    }

    public void Dispose()
    {
        _timer.Dispose();
        if (Interlocked.Exchange(ref _isDone, 1) == 0)
        {
            _core.Admission.Cancel();
        }
    }

    private void Abort()
    {
        if (Volatile.Read(ref _isDone) == 0)
        {
            Log.HandshakeFailed(_core.State.Logger, _context.RemoteEndPoint?.ToString() ?? "?", "It took too long.");
            _context.Abort();
        }
    }
}
