using Orleans;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Duties;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Vehicles.Grains;

/// <summary>
/// Follows one vehicle in memory. Nothing of it is stored: what the next positions say replaces what it knew, and after a restart
/// departures are unconfirmed until they do.
/// </summary>
public sealed class VehicleGrain(
    TownPlans plans, DutyBook duties, RealtimeBoard boards, ISegmentTimes learned, VehicleSettings settings, TimeProvider clock) : Grain, IVehicleGrain
{
    private string _municipality = "";
    private string _vehicle = "";
    private VehicleTracker? _tracker;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_municipality, _vehicle) = SplitKey(this.GetPrimaryKeyString());
        _tracker = new VehicleTracker(_vehicle, learned, settings);
        return Task.CompletedTask;
    }

    public Task<TrackOutcome> ReportAsync(PositionReport position)
    {
        var result = _tracker!.Take(
            position, plans.Of(_municipality), duties.Of(_municipality, _vehicle), key => boards.IsTaken(_municipality, key, _vehicle), clock.GetUtcNow());
        boards.Put(_municipality, result);
        return Task.FromResult(result.Outcome);
    }

    internal static string KeyOf(string municipality, string vehicle) => $"{municipality}/{vehicle}";

    internal static (string Municipality, string Vehicle) SplitKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..slash], key[(slash + 1)..]);
    }
}
