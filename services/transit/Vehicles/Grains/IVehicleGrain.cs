using Orleans;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Vehicles.Grains;

/// <summary>One vehicle, keyed <c>{municipality}/{vehicle}</c>: takes its positions one at a time.</summary>
public interface IVehicleGrain : IGrainWithStringKey
{
    /// <summary>Takes a position into account and puts what follows on the town's board.</summary>
    Task<TrackOutcome> ReportAsync(PositionReport position);
}
