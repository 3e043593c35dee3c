using SmartCity.ServiceDefaults.Streaming;

namespace SmartCity.Gateway.Streaming;

/// <summary>
/// One stream of a service, told on to all who listen. While it is away for a moment they stay; when it does not come back at
/// once they are sent away too, so that a page never takes silence for calm.
/// </summary>
/// <param name="first">The id after which it is to begin.</param>
/// <param name="wrote">Called before each event is told on.</param>
internal sealed class SharedStream(StreamSource source, long first, Action wrote, GatewayMetrics metrics, TimeProvider clock, ILogger log)
{
    private const int MostRecent = 256;
    private const int MostRecentBytes = 1024 * 1024;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AwayForAMoment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    // Services beat their hearts four times as often.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<OpenStream, int> _clients = [];
    private readonly Queue<(long Id, ReadOnlyMemory<byte> Bytes)> _recent = [];
    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private long _oldest;
    private long _position;
    private long _usedAt = clock.GetTimestamp();
    private int _joined;
    private int _recentBytes;
    private bool _isOver;

    /// <summary>Whether the service gives such a stream.</summary>
    public Task<bool> Begun => _begun.Task;

    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _isOver;
            }
        }
    }

    public void Start(CancellationToken stopping) => _ = FollowAsync(stopping);

    /// <summary>Adds a client that knows everything up to an id.</summary>
    /// <returns>False where what it missed is not at hand.</returns>
    public bool TryJoin(OpenStream client, long after)
    {
        lock (_gate)
        {
            if (_isOver || after < _oldest || after > _position)
            {
                return false;
            }

            foreach (var (id, bytes) in _recent)
            {
                if (id > after && !client.TryAdd(bytes))
                {
                    return false;
                }
            }

            _clients.Add(client, _joined++ % SharedStreams.Turns);
        }

        metrics.SharedClients.Add(1);
        return true;
    }

    public void Leave(OpenStream client)
    {
        metrics.SharedClients.Add(-1);
        lock (_gate)
        {
            _clients.Remove(client);
            _usedAt = clock.GetTimestamp();
        }
    }

    /// <summary>Keeps the clients of a turn busy; ends the stream when nobody has listened for a while.</summary>
    public void Beat(int turn)
    {
        List<OpenStream> some;
        bool isIdle;
        lock (_gate)
        {
            some = [.. _clients.Where(client => client.Value == turn && client.Key.Waiting == 0).Select(client => client.Key)];
            isIdle = _clients.Count == 0 && clock.GetElapsedTime(_usedAt) > Idle;
        }

        some.ForEach(client => client.TryAdd(EventStream.Heartbeat));
        StreamCrowd.Write(some);
        if (isIdle)
        {
            End();
        }
    }

    /// <summary>Sends everybody away: they come back with the id they saw last.</summary>
    public void End()
    {
        List<OpenStream> all;
        lock (_gate)
        {
            _isOver = true;
            all = [.. _clients.Keys];
        }

        _begun.TrySetResult(false);
        all.ForEach(client => client.Complete());
        _end.Cancel();
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stopping);
        try
        {
            var awaySince = clock.GetTimestamp();
            bool wasThere;
            do
            {
                wasThere = await ReadAsync(either.Token);
                awaySince = wasThere ? clock.GetTimestamp() : awaySince;
                await Task.Delay(BetweenTries, clock, either.Token);
            }
            while (Begun.IsCompletedSuccessfully && (wasThere || clock.GetElapsedTime(awaySince) < AwayForAMoment));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Nobody listens, or the gateway stops: the end, as below.
        }
        finally
        {
            End();
        }
    }

    /// <summary>Tells on what the service tells, until it ends.</summary>
    /// <returns>Whether there was such a stream at all.</returns>
    private async Task<bool> ReadAsync(CancellationToken end)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end);
        var wasThere = false;
        try
        {
            var after = Begun.IsCompleted ? _position : first;
            if (await source.OpenAsync(after, either.Token) is not var (answer, position))
            {
                return false;
            }

            using var opened = answer;
            wasThere = Begin(after, position);
            await using var stream = await answer.Content.ReadAsStreamAsync(either.Token);
            var events = wasThere ? StreamEvents.ReadAsync(stream, either.Token) : AsyncEnumerable.Empty<(long, byte[])>();
            await foreach (var (id, bytes) in events)
            {
                limit.CancelAfter(Silence);
                Tell(id, bytes);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException
            || (exception is OperationCanceledException && !end.IsCancellationRequested))
        {
            log.SharedStreamBroken(exception, source.Name, source.Municipality);
            if (exception is InvalidDataException)
            {
                // It would fail again at the same event, without end: listeners get it by streams of their own.
                End();
            }
        }

        return wasThere;
    }

    /// <returns>False where the service does not know any more where we stand.</returns>
    private bool Begin(long after, long position)
    {
        lock (_gate)
        {
            if (Begun.IsCompleted)
            {
                return after == position && !_isOver;
            }

            _oldest = _position = position;
        }

        return _begun.TrySetResult(true);
    }

    private void Tell(long id, byte[] bytes)
    {
        List<OpenStream> all;
        List<OpenStream> slow;
        lock (_gate)
        {
            // What has no id is a heartbeat: clients have ours.
            if (id <= _position)
            {
                return;
            }

            _position = id;
            _recent.Enqueue((id, bytes));
            _recentBytes += bytes.Length;
            while (_recent.Count > MostRecent || _recentBytes > MostRecentBytes)
            {
                var old = _recent.Dequeue();
                _recentBytes -= old.Bytes.Length;
                _oldest = old.Id;
            }

            wrote();
            all = [.. _clients.Keys];
            slow = [.. all.Where(client => !client.TryAdd(bytes))];
        }

        StreamCrowd.Write(all);
        slow.ForEach(client => client.Abort());
    }
}
