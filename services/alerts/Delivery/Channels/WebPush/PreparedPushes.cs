using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>
/// Keys made ahead for the next message to each browser, in memory only: when an alert goes out, every processor is wanted for
/// sending it. Each is given out once.
/// </summary>
internal sealed class PreparedPushes(IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<UInt128, Entry> _ready = new();
    private int _pass;
    private long _lastTaken;

    public int Most => options.Value.PreparedPushes;

    public int Count => _ready.Count;

    /// <summary>Set when one was taken, so that another can be made.</summary>
    public WakeSignal Taken { get; } = new();

    /// <summary>How long nothing was sent.</summary>
    public TimeSpan Quiet => Volatile.Read(ref _lastTaken) is var at && at == 0 ? TimeSpan.MaxValue : clock.GetElapsedTime(at);

    /// <returns>Null where none is ready: then it is made now.</returns>
    public PreparedPush? Take(byte[] receiver, byte[] secret)
    {
        Volatile.Write(ref _lastTaken, clock.GetTimestamp());
        Taken.Set();
        return _ready.TryRemove(NameOf(receiver, secret), out var entry) ? entry.Push : null;
    }

    /// <summary>Another look at all browsers begins.</summary>
    public void BeginPass() => _pass++;

    /// <returns>Whether none is ready for this browser, and there is room for one.</returns>
    public bool Lacks(byte[] receiver, byte[] secret)
    {
        var name = NameOf(receiver, secret);
        if (!_ready.TryGetValue(name, out var entry))
        {
            return _ready.Count < Most;
        }

        _ready.TryUpdate(name, entry with { Pass = _pass }, entry);
        return false;
    }

    public void Add(byte[] receiver, byte[] secret, PreparedPush push) => _ready[NameOf(receiver, secret)] = new Entry(push, _pass);

    /// <summary>Forgets those of browsers that were not seen since <see cref="BeginPass"/>: their subscriptions have ended.</summary>
    public void EndPass()
    {
        foreach (var one in _ready)
        {
            if (one.Value.Pass != _pass)
            {
                _ready.TryRemove(one);
            }
        }
    }

    // By the keys themselves: a browser that subscribes anew has new ones, and what was made for the old would be of no use to it.
    private static UInt128 NameOf(byte[] receiver, byte[] secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. receiver, .. secret], hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private sealed record Entry(PreparedPush Push, int Pass);
}
