using System.Runtime.InteropServices;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Vehicles.States;

/// <summary>What a departure is shown as.</summary>
public enum DepartureKind
{
    /// <summary>As the timetable says; nothing else is known, and nothing else is to be expected yet.</summary>
    Scheduled,

    /// <summary>A vehicle was heard recently, and is on its way.</summary>
    Predicted,

    /// <summary>There should be news of a vehicle, and there is none.</summary>
    Unconfirmed,

    /// <summary>Will not be served; shown as such, and not left out.</summary>
    Cancelled,

    /// <summary>The vehicle has left, or nobody waits for it any more.</summary>
    Gone,
}

/// <summary>What is known of one call of one run at one stop, at one time.</summary>
/// <param name="Arrival">Predicted where it is predicted, otherwise scheduled.</param>
/// <param name="Departure">The same.</param>
/// <param name="Confidence">With the age of the vehicle's position; null unless predicted.</param>
/// <param name="UncertaintySeconds">Of the predicted times; 0 unless predicted.</param>
/// <param name="VehicleId">Of whom it was heard last, or null.</param>
/// <param name="LastSeenAt">When that was, or null.</param>
/// <param name="Reason">Why it is cancelled, as an id or words of whoever did it; null otherwise.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DepartureState(
    DepartureKind Kind,
    DateTimeOffset Arrival,
    DateTimeOffset Departure,
    Confidence? Confidence = null,
    double UncertaintySeconds = 0,
    string? VehicleId = null,
    DateTimeOffset? LastSeenAt = null,
    Occupancy? Occupancy = null,
    string? Reason = null);
