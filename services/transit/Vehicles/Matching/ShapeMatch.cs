using System.Runtime.InteropServices;

namespace SmartCity.Transit.Vehicles.Matching;

/// <summary>A place on a shape.</summary>
/// <param name="MetresAlong">From the shape's beginning.</param>
/// <param name="MetresOff">From the shape to where the vehicle says it is.</param>
/// <param name="IsAmbiguous">Another place, far along the shape from this one, fits almost as well.</param>
public readonly record struct ShapeMatch(double MetresAlong, double MetresOff, bool IsAmbiguous);

/// <summary>What is known besides where the vehicle is.</summary>
/// <param name="BearingDegrees">Clockwise from north, or null where it is not known or the vehicle stands.</param>
/// <param name="PreviousMetresAlong">Where it was matched last, or null for a first match.</param>
/// <param name="SecondsSincePrevious">Since then.</param>
/// <param name="ExpectedMetresAlong">Where the timetable has it; decides only where all else leaves it open.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MatchHints(double? BearingDegrees, double? PreviousMetresAlong, double SecondsSincePrevious, double? ExpectedMetresAlong);
