using System.Runtime.InteropServices;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>What vehicles took between stops, and waited at them, by hour and kind of day. Safe to use from many threads.</summary>
public interface ISegmentTimes
{
    /// <summary>Takes an observation in; what no vehicle can have taken is left out.</summary>
    /// <param name="at">When it began; its date and hour are read as they stand, so it is given in local time.</param>
    void Observe(string fromStopId, string toStopId, DateTimeOffset at, TimeSpan duration);

    /// <summary>What it takes at that time, or null where too little was seen.</summary>
    LearnedTime? Find(string fromStopId, string toStopId, DateTimeOffset at);
}

/// <summary>A duration out of observations.</summary>
/// <param name="Seconds">Weighted median.</param>
/// <param name="SpreadSeconds">Median distance from it.</param>
/// <param name="Observations">How many there are.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LearnedTime(double Seconds, double SpreadSeconds, int Observations);
