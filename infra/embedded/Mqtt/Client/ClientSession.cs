using System.Collections;

namespace MQTTnet;

/// <summary>
/// What the client keeps of its session from one connection to the next (MQTT 5.0, section 4.1): identifiers at QoS 2.
/// A publish whose connection broke has failed for its caller and is not sent again, but the server may have it: its
/// identifier stays taken until PUBCOMP, as the server would take another message under it for a repetition.
/// </summary>
internal sealed class ClientSession
{
    private readonly Lock _gate = new();
    private readonly HashSet<ushort> _received = [];
    private readonly Dictionary<ushort, long> _sent = [];
    private readonly HashSet<ushort> _clearing = [];
    private BitArray? _cleared;
    private ClientConnection? _owner;
    private string? _clientId;
    private long _sends;
    private int _epoch;

    /// <summary>Gives the session to a new connection; what the one before still says no longer counts.</summary>
    /// <returns>Which session this is, and the identifiers to release, the oldest first (section 4.4).</returns>
    public (int Epoch, ushort[] Unreleased) Resume(ClientConnection owner, string? clientId, bool isPresent)
    {
        lock (_gate)
        {
            _clearing.Clear();
            if (!isPresent || !string.Equals(clientId, _clientId, StringComparison.Ordinal))
            {
                _epoch++;
                _received.Clear();
                _sent.Clear();
                // The session of an earlier process: the server may hold identifiers that nobody here knows of.
                _cleared = isPresent ? new BitArray(ushort.MaxValue + 1) : null;
            }

            _owner = owner;
            _clientId = clientId;
            return (_epoch, [.. _sent.OrderBy(static entry => entry.Value).Select(static entry => entry.Key)]);
        }
    }

    /// <summary>A publish is about to be sent.</summary>
    /// <returns>Whether PUBREL has to be sent before it, as the server may know the identifier already.</returns>
    public bool Begin(ClientConnection connection, ushort identifier)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_owner, connection))
            {
                return false;
            }

            _sent[identifier] = ++_sends;
            if (_cleared is null || _cleared[identifier])
            {
                return false;
            }

            _cleared[identifier] = true;
            return _clearing.Add(identifier);
        }
    }

    /// <summary>Whether a PUBCOMP answers the PUBREL that <see cref="Begin"/> asked for.</summary>
    public bool EndClearing(ushort identifier)
    {
        lock (_gate)
        {
            return _clearing.Remove(identifier);
        }
    }

    /// <summary>The server has answered a publish for good.</summary>
    public void Complete(ClientConnection connection, ushort identifier)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_owner, connection))
            {
                _sent.Remove(identifier);
            }
        }
    }

    public bool IsReceived(ushort identifier)
    {
        lock (_gate)
        {
            return _received.Contains(identifier);
        }
    }

    /// <summary>A message was handled; false when its session is gone.</summary>
    public bool TryAddReceived(int epoch, ushort identifier)
    {
        lock (_gate)
        {
            if (epoch != _epoch)
            {
                return false;
            }

            _received.Add(identifier);
            return true;
        }
    }

    /// <summary>The server has released a message: its identifier may come with another one.</summary>
    public void RemoveReceived(ClientConnection connection, ushort identifier)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_owner, connection))
            {
                _received.Remove(identifier);
            }
        }
    }
}
