using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>
/// Positions on their way from the broker to the grains, each vehicle's in the order in which they came. The session never waits: a
/// full lane drops its oldest position, and says so.
/// </summary>
internal sealed class PositionLanes : BackgroundService
{
    private readonly Channel<(string Topic, byte[] Payload, long Timestamp)>[] _lanes;
    private readonly PositionIntake _intake;
    private readonly TimeProvider _clock;

    public PositionLanes(PositionIntake intake, PositionMetrics metrics, IOptions<VehicleMqttOptions> options, TimeProvider clock)
    {
        (_intake, _clock) = (intake, clock);
        var count = Math.Clamp(Environment.ProcessorCount, 1, 8);
        var bound = new BoundedChannelOptions(Math.Max(1, options.Value.QueuePositions / count)) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _lanes = [.. Enumerable.Range(0, count).Select(_ => Channel.CreateBounded<(string, byte[], long)>(
            bound, _ => metrics.Refused("", "", new PositionFault("queue-full", "More positions come than can be taken into account; the oldest are dropped."))))];
    }

    public void Add(string topic, byte[] payload)
        => _lanes[(uint)string.GetHashCode(topic, StringComparison.Ordinal) % _lanes.Length].Writer.TryWrite((topic, payload, _clock.GetTimestamp()));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lanes.Select(lane => RunAsync(lane.Reader, stoppingToken)));

    private async Task RunAsync(ChannelReader<(string Topic, byte[] Payload, long Timestamp)> lane, CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (topic, payload, timestamp) in lane.ReadAllAsync(stoppingToken))
            {
                await _intake.TakeAsync(topic, payload, timestamp);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
