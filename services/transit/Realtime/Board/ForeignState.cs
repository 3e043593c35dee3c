using System.Collections.Frozen;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Realtime.Board;

/// <summary>What one source of another agency said last, against the feed version that was live then.</summary>
/// <param name="Reports">By run; each carries the time that its agency measured at, and ages from there.</param>
/// <param name="Cancelled">Runs that it says are cancelled.</param>
/// <param name="At">Of the feed's header.</param>
public sealed record ForeignState(FrozenDictionary<TripKey, TripReport> Reports, FrozenDictionary<TripKey, TripOrder> Cancelled, DateTimeOffset At);
