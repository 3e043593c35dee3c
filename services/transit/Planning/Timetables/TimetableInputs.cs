using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Whether a rider may board or alight at a call (GTFS <c>pickup_type</c> and <c>drop_off_type</c>, same numbers).</summary>
public enum BoardingRule : byte
{
    Regular = 0,
    NotAllowed = 1,
    PhoneAgency = 2,
    AskDriver = 3,
}

/// <summary>GTFS <c>wheelchair_boarding</c> and <c>wheelchair_accessible</c>, same numbers.</summary>
public enum Accessibility : byte
{
    Unknown = 0,
    Accessible = 1,
    NotAccessible = 2,
}

/// <summary>GTFS <c>transfer_type</c> 0 to 3, same numbers.</summary>
public enum TransferKind : byte
{
    Recommended = 0,
    Timed = 1,
    MinimumTime = 2,
    NotPossible = 3,
}

/// <summary>A trip at a stop.</summary>
/// <param name="Stop">Index that <see cref="TimetableBuilder.AddStop"/> returned.</param>
/// <param name="ArrivalSeconds">Seconds after noon minus twelve hours of the service day; more than 86,400 after midnight. <see cref="NoTime"/>: not stated.</param>
/// <param name="DepartureSeconds">The same; a time that only one of the two states counts for both.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StopCall(
    int Stop,
    int ArrivalSeconds,
    int DepartureSeconds,
    BoardingRule Pickup = BoardingRule.Regular,
    BoardingRule DropOff = BoardingRule.Regular)
{
    /// <summary>Neither arrival nor departure is stated: it is put between its neighbours by the distance of the stops.</summary>
    public const int NoTime = int.MinValue;
}

/// <summary>How a timetable is built.</summary>
/// <param name="MaximumTransferWalkMetres">Stops nearer than this on foot are joined by footpaths.</param>
/// <param name="DetourFactor">How much longer a walk is than the straight line.</param>
public sealed record TimetableOptions(int MaximumTransferWalkMetres = 500, double DetourFactor = 1.25);
