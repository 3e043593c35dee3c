using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>What a position changes.</summary>
/// <param name="Vehicle">Where the vehicle is now; null where the position changed nothing.</param>
/// <param name="Report">New predictions of its run, or null.</param>
/// <param name="Next">Predictions of the run that it makes afterwards, or null.</param>
/// <param name="Left">The run that it left before its end, or null.</param>
public sealed record TrackResult(TrackOutcome Outcome, VehicleState? Vehicle = null, TripReport? Report = null, TripReport? Next = null, TripKey? Left = null);
