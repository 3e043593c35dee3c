using System.Net;
using SmartCity.Embedded.Mqtt.Broker.Connections;

namespace SmartCity.Embedded.Mqtt.Broker.Listening;

/// <summary>Counts connections from their first byte on, so that unfinished handshakes cannot pass the limit.</summary>
internal sealed class Admission(BrokerState state)
{
    private bool _isStopped;

    /// <summary>Takes a place for a connection whose handshake begins; false when there is none.</summary>
    public bool TryBegin(EndPoint? remoteEndPoint)
    {
        int count;
        lock (state.Gate)
        {
            count = state.Connections.Count + state.Handshakes;
            if (!_isStopped && count < state.Options.MaximumConnections)
            {
                state.Handshakes++;
                return true;
            }
        }

        Log.TooManyConnections(state.Logger, remoteEndPoint?.ToString() ?? "?", count);
        return false;
    }

    /// <summary>The handshake failed: its place is free.</summary>
    public void Cancel()
    {
        lock (state.Gate)
        {
            state.Handshakes--;
        }
    }

    /// <summary>The handshake is done: the connection has the place. False when the broker stops.</summary>
    public bool TryComplete(Connection connection)
    {
        lock (state.Gate)
        {
            state.Handshakes--;
            return !_isStopped && state.Connections.Add(connection);
        }
    }

    /// <summary>From now on nobody is let in.</summary>
    public void Stop()
    {
        lock (state.Gate)
        {
            _isStopped = true;
        }
    }
}
