using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Search;

/// <summary>An <see cref="EndLeg"/> on the clock of a search: when it can begin and when it can end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EndWay(int Stop, int Seconds, int Metres, int Rides, int BeginFrom, int BeginUntil, int EndFrom, int EndUntil)
{
    /// <summary>The window of a ride is that of its pickup: its begin forward, its end backward.</summary>
    public static EndWay Of<TDirection>(EndLeg leg)
        where TDirection : struct, IDirection
    {
        const int Far = SearchQuery.Far;
        var rides = leg.OnDemand >= 0 ? 1 : 0;
        return TDirection.Forward
            ? new EndWay(leg.Stop, leg.Seconds, leg.Metres, rides, leg.EarliestPickupSeconds, leg.LatestPickupSeconds, -Far, Far)
            : new EndWay(leg.Stop, leg.Seconds, leg.Metres, rides, -Far, Far, -leg.LatestPickupSeconds, -leg.EarliestPickupSeconds);
    }

    /// <summary>When one is at its end who begins at a time, or false when it is not to be had then.</summary>
    public bool TryPass(int time, out int end)
    {
        time = Math.Max(time, BeginFrom);
        end = Math.Max(time + Seconds, EndFrom);
        return time <= BeginUntil && end <= EndUntil;
    }

    /// <summary>When one must begin at the latest to be at its end by a time, or false when that is not possible.</summary>
    public bool TryBegin(int end, out int begin)
    {
        end = Math.Min(end, EndUntil);
        begin = Math.Min(end - Seconds, BeginUntil);
        return end >= EndFrom && begin >= BeginFrom;
    }
}
