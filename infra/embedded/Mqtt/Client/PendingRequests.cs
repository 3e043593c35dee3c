using System.Diagnostics.CodeAnalysis;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>
/// What the client has asked and the server has not answered. An identifier stays taken until its answer comes, also
/// when the caller has given up, so that a late answer never completes a newer request.
/// </summary>
internal sealed class PendingRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, TaskCompletionSource<MqttPacket>> _waiting = [];
    private readonly HashSet<ushort> _held = [];
    private readonly Queue<TaskCompletionSource<MqttPacket>> _pings = new();
    private ushort _last;
    private Exception? _failure;

    public (ushort Identifier, Task<MqttPacket> Answer) Add()
    {
        var waiting = NewSource();
        return (Add(waiting), waiting.Task);
    }

    public ushort Add(TaskCompletionSource<MqttPacket> waiting)
    {
        lock (_gate)
        {
            ThrowIfFailed();
            if (_waiting.Count + _held.Count >= ushort.MaxValue)
            {
                throw new InvalidOperationException("All packet identifiers are in use.");
            }

            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (_waiting.ContainsKey(_last) || (_held.Count > 0 && _held.Contains(_last)));
            _waiting.Add(_last, waiting);
            return _last;
        }
    }

    /// <summary>Keeps identifiers of an earlier connection from being used before they are released.</summary>
    public void Hold(ReadOnlySpan<ushort> identifiers)
    {
        lock (_gate)
        {
            foreach (var identifier in identifiers)
            {
                _held.Add(identifier);
            }
        }
    }

    /// <summary>Frees a held identifier; false when it was not held.</summary>
    public bool Release(ushort identifier)
    {
        lock (_gate)
        {
            return _held.Remove(identifier);
        }
    }

    public Task<MqttPacket> AddPing()
    {
        lock (_gate)
        {
            ThrowIfFailed();
            var waiting = NewSource();
            _pings.Enqueue(waiting);
            return waiting.Task;
        }
    }

    /// <summary>Hands the answer to whoever waits for it; false when nobody asked.</summary>
    public bool Complete(ushort identifier, MqttPacket answer)
    {
        if (!TryTake(identifier, out var waiting))
        {
            return false;
        }

        waiting.TrySetResult(answer);
        return true;
    }

    public void CompletePing()
    {
        lock (_gate)
        {
            if (_pings.TryDequeue(out var waiting))
            {
                waiting.TrySetResult(PingPacket.Response);
            }
        }
    }

    public void FailAll(Exception exception)
    {
        lock (_gate)
        {
            _failure ??= exception;
            foreach (var waiting in _waiting.Values.Concat(_pings))
            {
                waiting.TrySetException(_failure);
                // The caller may have given up before.
                _ = waiting.Task.Exception;
            }

            _waiting.Clear();
            _pings.Clear();
        }
    }

    public static TaskCompletionSource<MqttPacket> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryTake(ushort identifier, [NotNullWhen(true)] out TaskCompletionSource<MqttPacket>? waiting)
    {
        lock (_gate)
        {
            return _waiting.Remove(identifier, out waiting);
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw _failure;
        }
    }
}
