namespace SmartCity.Load.Relay;

/// <summary>Lets the publisher go on until too much is under way, and wakes it when half of that is done.</summary>
internal sealed class Window(int size)
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _room = new(initialState: false);
    private long _sent;
    private long _done;
    private bool _isWaiting;
    private volatile bool _isClosed;

    /// <summary>How many more may be sent now; waits until it is at least half of the window; 0 when closed.</summary>
    public int Take(int most)
    {
        while (!_isClosed)
        {
            lock (_gate)
            {
                var room = (int)(size - (_sent - _done));
                if (room >= size / 2)
                {
                    var taken = Math.Min(room, most);
                    _sent += taken;
                    return taken;
                }

                _isWaiting = true;
            }

            _room.WaitOne(TimeSpan.FromSeconds(1));
        }

        return 0;
    }

    public void Done(int count)
    {
        lock (_gate)
        {
            _done += count;
            if (!_isWaiting || size - (_sent - _done) < size / 2)
            {
                return;
            }

            _isWaiting = false;
        }

        _room.Set();
    }

    public void Close()
    {
        _isClosed = true;
        _room.Set();
    }
}
