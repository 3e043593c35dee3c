using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>What happens because time passes, once a second: silence, slow connects, expiry, last wills, a smaller journal.</summary>
internal sealed class Housekeeping : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly BrokerCore _core;
    private readonly ITimer _timer;
    private int _isRunning;

    public Housekeeping(BrokerCore core)
    {
        _core = core;
        _timer = core.State.TimeProvider.CreateTimer(_ => Tick(), null, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            return;
        }

        try
        {
            CloseSilentConnections();
            lock (_core.State.Gate)
            {
                _core.Sessions.Expire();
                foreach (var topic in _core.State.Retained.RemoveExpired(_core.State.Now))
                {
                    _ = _core.State.Store.Retained(new Routing.Message { Topic = new TopicName(topic), Payload = [] });
                }

                Compact();
            }

            _core.SysTopics.UpdateIfDue();
        }
        catch (Exception exception)
        {
            Log.HousekeepingFailed(_core.State.Logger, exception);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private void CloseSilentConnections()
    {
        List<Connection> silent;
        var now = _core.State.Now;
        var connectTimeout = (long)_core.State.Options.ConnectTimeout.TotalMilliseconds;
        lock (_core.State.Gate)
        {
            silent = [.. _core.State.Connections.Where(connection =>
                connection.Session is null ? now - connection.ConnectedAt > connectTimeout : connection.IsSilent(now))];
        }

        foreach (var connection in silent)
        {
            connection.Close(MqttReasonCode.KeepAliveTimeout, "Nothing was received in time.");
        }
    }

    private void Compact()
    {
        var before = _core.State.Store.SizeBytes;
        if (_core.State.Store.CompactIfWorthwhile(_core.State.Sessions.Values, _core.State.Retained))
        {
            Log.Compacting(_core.State.Logger, before, _core.State.Store.LiveBytes);
        }
    }
}
