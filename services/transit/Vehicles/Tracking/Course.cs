using SmartCity.Transit.Vehicles.Matching;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>The newest positions of one vehicle: which are to be believed, and which way it goes.</summary>
internal sealed class Course(MatchOptions options)
{
    private const double LeastStepMetres = 40;
    private const double MetresPerDegree = 111_195;
    private PositionReport? _newest;
    private PositionReport? _anchor;
    private PositionReport? _outlier;
    private double? _bearing;

    /// <summary>Clockwise from north: what the vehicle says while it moves, or else the way that it came; null where neither is known.</summary>
    public double? BearingDegrees { get; private set; }

    /// <summary>Why a position is not taken, or null.</summary>
    public TrackOutcome? Refuse(PositionReport position, DateTimeOffset now, TimeSpan futureTolerance, TimeSpan tooOld)
    {
        if (position.At > now + futureTolerance)
        {
            return TrackOutcome.Future;
        }

        if (_newest is { } newest && position.At <= newest.At)
        {
            return position.At == newest.At ? TrackOutcome.Duplicate : TrackOutcome.OutOfOrder;
        }

        if (now - position.At > tooOld)
        {
            return TrackOutcome.Late;
        }

        if (_newest is null || IsPlausible(_newest, position) || (_outlier is { } outlier && IsPlausible(outlier, position)))
        {
            _outlier = null;
            return null;
        }

        _outlier = position;
        return TrackOutcome.Implausible;
    }

    public void Add(PositionReport position)
    {
        _newest = position;
        if (_anchor is null || !IsPlausible(_anchor, position))
        {
            (_anchor, _bearing) = (position, null);
        }
        else if (Metres(_anchor, position) >= LeastStepMetres)
        {
            _bearing = Bearing(_anchor, position);
            _anchor = position;
        }

        var isMoving = position.SpeedMetresPerSecond is not { } speed || speed >= options.LeastSpeedOfBearingMetresPerSecond;
        // Of a vehicle that stands, scatter alone would make a way that it comes.
        BearingDegrees = isMoving ? position.BearingDegrees ?? _bearing : null;
    }

    private bool IsPlausible(PositionReport from, PositionReport to)
        => Metres(from, to) <= ((to.At - from.At).TotalSeconds * options.MostSpeedMetresPerSecond * 1.5) + options.OffRouteMetres;

    private static double Metres(PositionReport from, PositionReport to)
    {
        var (east, north) = Step(from, to);
        return Math.Sqrt((east * east) + (north * north));
    }

    private static double Bearing(PositionReport from, PositionReport to)
    {
        var (east, north) = Step(from, to);
        return ((Math.Atan2(east, north) * 180 / Math.PI) + 360) % 360;
    }

    private static (double East, double North) Step(PositionReport from, PositionReport to)
        => ((to.LongitudeDegrees - from.LongitudeDegrees) * MetresPerDegree * Math.Cos(from.LatitudeDegrees * Math.PI / 180),
            (to.LatitudeDegrees - from.LatitudeDegrees) * MetresPerDegree);
}
