namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>What a duration was observed of: the way between two stops, or the wait at one where both are the same.</summary>
/// <param name="Hour">0 to 23, local, of the beginning.</param>
public readonly record struct SegmentKey(string FromStopId, string ToStopId, DayType Day, int Hour);
