using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MQTTnet;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Downlink;

/// <summary>The connection to the broker, and a lane for each database that has something to send or to take.</summary>
internal sealed class DownlinkLanes(
    DownlinkConnection connection, AnswerReader reader, RefusalLog refusals, TownDatabases databases, IServiceProvider provider,
    IOptions<DownlinkOptions> options, TimeProvider clock) : BackgroundService
{
    private readonly ConcurrentDictionary<string, Lazy<Entry>> _lanes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>There is something new of a town to send.</summary>
    public void Wake(string municipality) => LaneOf(databases.OwnerOf(municipality)).Wake();

    public override void Dispose()
    {
        base.Dispose();
        _stopping.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = stoppingToken.Register(_stopping.Cancel);
        var connecting = connection.RunAsync(message => TakeAsync(message, stoppingToken), Connected, stoppingToken);
        // Towns come and get databases of their own while the service runs; what waits in one is found when it is there.
        while (!stoppingToken.IsCancellationRequested && !_broken.Task.IsCompleted)
        {
            foreach (var owner in databases.Owners)
            {
                LaneOf(owner);
            }

            await Task.WhenAny(_broken.Task, Task.Delay(TimeSpan.FromSeconds(options.Value.SweepSeconds), clock, stoppingToken));
        }

        // A loop that ends with a fault that nobody foresaw must end the process, which starts again: a dead lane would be silent.
        if (_broken.Task.IsFaulted)
        {
            await _broken.Task;
        }

        await Task.WhenAll(_lanes.Values.Select(lane => lane.Value.Running).Append(connecting));
    }

    private void Connected()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Value.Lane.Wake();
        }
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs message, CancellationToken stoppingToken)
    {
        message.AutoAcknowledge = false;
        var application = message.ApplicationMessage;
        if (reader.Read(application.Topic, application.Payload, message.AcknowledgeAsync, out var stray) is { } answer)
        {
            await LaneOf(databases.OwnerOf(answer.Municipality)).WriteAsync(answer, stoppingToken);
        }
        else
        {
            refusals.Add(stray.Municipality, stray.Device, stray.Fault);
            await message.AcknowledgeAsync(stoppingToken);
        }
    }

    private DownlinkLane LaneOf(string? owner) => _lanes.GetOrAdd(owner ?? "", _ => new Lazy<Entry>(() => Start(owner))).Value.Lane;

    private Entry Start(string? owner)
    {
        var lane = ActivatorUtilities.CreateInstance<DownlinkLane>(provider, new LaneOwner(owner));
        return new Entry(lane, Task.Run(() => RunAsync(lane)));
    }

    private async Task RunAsync(DownlinkLane lane)
    {
        try
        {
            await lane.RunAsync(_stopping.Token);
        }
        catch (Exception exception)
        {
            _broken.TrySetException(exception);
            throw;
        }
    }

    private sealed record Entry(DownlinkLane Lane, Task Running);
}
