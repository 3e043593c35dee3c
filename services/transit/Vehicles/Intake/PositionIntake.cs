using System.Buffers;
using Orleans;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Vehicles.Grains;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>
/// Takes a message of a device to the grain of its vehicle. The broker lets a device publish under its own name only, so the topic
/// says who it is; whether that is a vehicle of a town with transit is asked here, for each message.
/// </summary>
internal sealed class PositionIntake(ITownDirectory towns, IGrainFactory grains, PositionMetrics metrics, TimeProvider clock, ILogger<PositionIntake> log)
{
    /// <summary>What became of the positions in it, in the order of their times; empty where nothing was taken.</summary>
    public async Task<IReadOnlyList<TrackOutcome>> TakeAsync(string topic, ReadOnlyMemory<byte> payload, long receivedTimestamp)
    {
        if (!MqttTopic.TryParse(topic, out var parsed) || parsed.Channel != MqttTopic.Telemetry)
        {
            metrics.Refused("", "", new PositionFault("topic-malformed", $"'{topic}' is no topic of a device's telemetry."));
            return [];
        }

        var (municipality, device) = (parsed.Municipality, parsed.Device);
        if (RefusalOf(municipality, device) is { } refusal)
        {
            metrics.Refused(municipality, device, refusal);
            return [];
        }

        var (positions, fault) = PositionDecoder.Decode(new ReadOnlySequence<byte>(payload), clock.GetUtcNow());
        if (fault is not null)
        {
            metrics.Refused(municipality, device, fault);
        }

        var outcomes = new List<TrackOutcome>(positions.Count);
        try
        {
            var grain = grains.GetGrain<IVehicleGrain>(VehicleGrain.KeyOf(municipality, device));
            foreach (var position in positions)
            {
                outcomes.Add(await grain.ReportAsync(position));
                metrics.Took(outcomes[^1], clock.GetElapsedTime(receivedTimestamp));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next position takes its place; nothing waits for this one.
            log.PositionNotTaken(exception, municipality, device);
        }

        return outcomes;
    }

    private PositionFault? RefusalOf(string municipality, string device)
        => !towns.TryGet(municipality, out var town) ? new PositionFault("unknown-municipality", $"'{municipality}' is not served here.")
            : !town.Offers(AppIds.Transit) ? new PositionFault("service-not-onboarded", $"{municipality} has no transit service.")
            : !towns.TryGetDevice(municipality, device, out var registered) ? new PositionFault("unknown-device", $"{municipality} has no device '{device}'.")
            : registered.Kind != VehicleMqttOptions.VehicleKind
                ? new PositionFault("not-a-vehicle", $"'{device}' is registered as '{registered.Kind}'; vehicles are registered with the kind '{VehicleMqttOptions.VehicleKind}'.")
                : null;
}
