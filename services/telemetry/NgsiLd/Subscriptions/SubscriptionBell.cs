using System.Threading.Channels;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>Tells this process' worker that something was committed, or that a subscription changed. Ringing never waits.</summary>
internal sealed class SubscriptionBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isWanted;

    public ChannelReader<bool> Rung => _rung.Reader;

    /// <param name="isWanted">Whether any town has a subscription that commits could concern.</param>
    public void ListenFor(bool isWanted) => _isWanted = isWanted;

    /// <summary>After a commit: costs next to nothing while there is no subscription.</summary>
    public void Committed()
    {
        if (_isWanted)
        {
            _rung.Writer.TryWrite(true);
        }
    }

    public void Changed()
    {
        _isWanted = true;
        _rung.Writer.TryWrite(true);
    }
}
