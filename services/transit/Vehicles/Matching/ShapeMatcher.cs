using System.Runtime.InteropServices;

namespace SmartCity.Transit.Vehicles.Matching;

/// <summary>
/// Finds where along its shape a vehicle is. Where a line passes a place more than once (loops, out and back along one road),
/// distance alone says nothing: bearing, the progress so far and at last the timetable decide.
/// </summary>
public static class ShapeMatcher
{
    /// <summary>Places on the shape closer together than this are one place.</summary>
    private const double ApartMetres = 150;

    /// <summary>Costs are in units of a squared scatter; two that differ by less can't be told apart by one position.</summary>
    private const double Undecided = 2;

    private const double BearingCost = 12;
    private const double AheadCost = 4;
    private const double AheadScaleMetres = 500;
    private const double ExpectedCost = 6;
    private const double ExpectedScaleMetres = 3_000;

    /// <summary>Null where the vehicle is further from the shape than <see cref="MatchOptions.OffRouteMetres"/>, or can't have come there.</summary>
    public static ShapeMatch? Match(ShapeLine shape, double latitudeDegrees, double longitudeDegrees, MatchHints hints, MatchOptions options)
    {
        if (shape.Segments == 0)
        {
            return null;
        }

        var (east, north) = shape.ToMetres(latitudeDegrees, longitudeDegrees);
        var (first, last) = Window(shape, hints, options);
        Candidate? best = null, second = null;
        for (var segment = first; segment <= last; segment++)
        {
            var (off, along) = shape.Project(segment, east, north);
            if (off > options.OffRouteMetres || !IsReachable(along, hints, options))
            {
                continue;
            }

            var candidate = new Candidate(along, off, CostOf(shape, segment, along, off, hints, options));
            if (best is null || candidate.Cost < best.Value.Cost)
            {
                second = best is { } former && IsApart(former, candidate) ? former : second is { } other && IsApart(other, candidate) ? other : null;
                best = candidate;
            }
            else if (IsApart(best.Value, candidate) && (second is null || candidate.Cost < second.Value.Cost))
            {
                second = candidate;
            }
        }

        return best is { } found
            ? new ShapeMatch(found.Along, found.Off, second is { } rival && rival.Cost - found.Cost < Undecided)
            : null;
    }

    // With a former match, only what it can have reached is looked at: that is most of the shape's segments less.
    private static (int First, int Last) Window(ShapeLine shape, MatchHints hints, MatchOptions options)
    {
        if (hints.PreviousMetresAlong is not { } previous)
        {
            return (0, shape.Segments - 1);
        }

        var reach = Reach(hints, options);
        return (shape.SegmentAt(previous - options.BackwardsMetres), shape.SegmentAt(previous + reach));
    }

    private static bool IsReachable(double along, MatchHints hints, MatchOptions options)
        => hints.PreviousMetresAlong is not { } previous || (along >= previous - options.BackwardsMetres && along <= previous + Reach(hints, options));

    private static double Reach(MatchHints hints, MatchOptions options)
        => (Math.Max(hints.SecondsSincePrevious, 1) * options.MostSpeedMetresPerSecond) + (4 * options.ScatterMetres);

    private static double CostOf(ShapeLine shape, int segment, double along, double off, MatchHints hints, MatchOptions options)
    {
        var cost = off / options.ScatterMetres * (off / options.ScatterMetres);
        if (hints.BearingDegrees is { } bearing)
        {
            // Nothing for the same way, all of it for the opposite one.
            cost += BearingCost * (1 - Math.Cos((bearing - shape.BearingDegreesOf(segment)) * Math.PI / 180)) / 2;
        }

        if (hints.PreviousMetresAlong is { } previous)
        {
            // Of two places that look the same it is the one that takes less to reach: a vehicle that waits stays where it is.
            var ahead = along - previous;
            cost += ahead < 0 ? -ahead / options.ScatterMetres : AheadCost * ahead / (ahead + AheadScaleMetres);
        }

        if (hints.PreviousMetresAlong is null && hints.ExpectedMetresAlong is { } expected)
        {
            var apart = Math.Abs(along - expected);
            cost += ExpectedCost * apart / (apart + ExpectedScaleMetres);
        }

        return cost;
    }

    private static bool IsApart(Candidate one, Candidate other) => Math.Abs(one.Along - other.Along) > ApartMetres;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(double Along, double Off, double Cost);
}
