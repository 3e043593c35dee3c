using Microsoft.Extensions.Options;

namespace SmartCity.Telemetry.Ingest;

/// <summary>
/// The bounded queue between the broker's messages and the store: when it is full, reading from the broker stops. Towns
/// take turns in every batch, so that what one town sends in a flood does not stand before another town's reading.
/// </summary>
internal sealed class IngestQueue(IOptions<IngestOptions> options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<IngestItem>> _towns = new(StringComparer.Ordinal);

    /// <summary>Towns with something in their queue, each once, the next first.</summary>
    private readonly Queue<string> _turns = new();
    private readonly SemaphoreSlim _space = new(options.Value.QueueMessages);
    private readonly SemaphoreSlim _filled = new(0, 1);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public async ValueTask WriteAsync(IngestItem item, CancellationToken cancellationToken)
    {
        await _space.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (!_towns.TryGetValue(item.Municipality, out var town))
            {
                _towns[item.Municipality] = town = new Queue<IngestItem>();
                _turns.Enqueue(item.Municipality);
            }

            town.Enqueue(item);
            if (++_count == 1)
            {
                _filled.Release();
            }
        }
    }

    /// <summary>Waits for a message, then takes what is there, up to a number; those of one town in their order.</summary>
    public async Task<List<IngestItem>> ReadBatchAsync(int atMost, CancellationToken cancellationToken)
    {
        await _filled.WaitAsync(cancellationToken);
        var batch = new List<IngestItem>();
        lock (_gate)
        {
            while (batch.Count < atMost && _turns.TryDequeue(out var code))
            {
                var town = _towns[code];
                batch.Add(town.Dequeue());
                if (town.Count > 0)
                {
                    _turns.Enqueue(code);
                }
                else
                {
                    _towns.Remove(code);
                }
            }

            _count -= batch.Count;
            if (_count > 0)
            {
                _filled.Release();
            }
        }

        _space.Release(batch.Count);
        return batch;
    }

    public void Dispose()
    {
        _space.Dispose();
        _filled.Dispose();
    }
}
