using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace SmartCity.Telemetry.Ingest;

/// <summary>The bounded queue between the broker's messages and the store: when it is full, reading from the broker stops.</summary>
internal sealed class IngestQueue(IOptions<IngestOptions> options)
{
    private readonly Channel<IngestItem> _channel = Channel.CreateBounded<IngestItem>(
        new BoundedChannelOptions(options.Value.QueueMessages) { SingleReader = true });

    public int Count => _channel.Reader.Count;

    public ValueTask WriteAsync(IngestItem item, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Waits for a message, then takes what is there, up to a number.</summary>
    public async Task<List<IngestItem>> ReadBatchAsync(int atMost, CancellationToken cancellationToken)
    {
        var batch = new List<IngestItem> { await _channel.Reader.ReadAsync(cancellationToken) };
        while (batch.Count < atMost && _channel.Reader.TryRead(out var item))
        {
            batch.Add(item);
        }

        return batch;
    }
}
