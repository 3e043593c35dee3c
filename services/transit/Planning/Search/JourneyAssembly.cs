using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>Makes journeys of what a search found, and takes needless waiting out of them.</summary>
internal sealed class JourneyAssembly(TimetableParts timetable, SearchQuery query, DayView[] views)
{
    private readonly Rides _rides = new(timetable, query, views);

    /// <param name="found">Label of a way to the end.</param>
    public Journey Make(LabelPool labels, int found)
    {
        var end = labels.OriginOf(found);
        var (rides, lastWay, firstWay) = (new List<Ride>(), end.Lane, -1);
        for (var arrival = end.Parent; arrival >= 0;)
        {
            var ride = labels.OriginOf(arrival);
            rides.Add(query.ArriveBy
                ? _rides.FromBackward(new Ride(ride.Day, ride.Lane, ride.Trip, ride.Alight, ride.Board))
                : new Ride(ride.Day, ride.Lane, ride.Trip, ride.Board, ride.Alight));
            var board = labels.OriginOf(ride.Parent);
            (firstWay, arrival) = (board.Lane, board.Parent);
        }

        // Of a window, the search itself has settled when the journey leaves (arrives): vehicles by headway are looked at once a headway.
        var settled = query.WindowSeconds is null ? 0 : 1;
        if (query.ArriveBy)
        {
            (firstWay, lastWay) = (lastWay, firstWay);
            for (var index = 1; index < rides.Count - settled; index++)
            {
                rides[index] = _rides.Earliest(rides[index], _rides.End(rides[index - 1]) + Change(rides[index - 1], rides[index]).Seconds);
            }
        }
        else
        {
            rides.Reverse();
            for (var index = rides.Count - 2; index >= settled; index--)
            {
                rides[index] = _rides.Latest(rides[index], _rides.BeThere(rides[index + 1]) - Change(rides[index], rides[index + 1]).Seconds);
            }
        }

        return Make(rides, query.From[firstWay], query.To[lastWay]);
    }

    private Journey Make(List<Ride> rides, EndLeg first, EndLeg last)
    {
        var legs = new List<JourneyLeg>();
        _ = EndWay.Of<Forward>(first).TryBegin(_rides.BeThere(rides[0]), out var departure);
        _ = EndWay.Of<Forward>(last).TryPass(_rides.End(rides[^1]), out var arrival);
        AddEnd(legs, first, -1, first.Stop, departure);
        var metres = first.Metres + last.Metres;
        for (var index = 0; index < rides.Count; index++)
        {
            if (index > 0 && _rides.AlightStop(rides[index - 1]) != _rides.BoardStop(rides[index]))
            {
                var walk = Change(rides[index - 1], rides[index]).Metres;
                var start = _rides.End(rides[index - 1]);
                legs.Add(new WalkLeg(_rides.AlightStop(rides[index - 1]), _rides.BoardStop(rides[index]), start,
                    start + Walking.Seconds(walk, query.WalkingSpeedMetresPerSecond), walk));
                metres += walk;
            }

            legs.Add(Leg(rides[index]));
        }

        AddEnd(legs, last, last.Stop, -1, arrival - last.Seconds);
        return new Journey(departure, arrival, rides.Count + (first.OnDemand >= 0 ? 1 : 0) + (last.OnDemand >= 0 ? 1 : 0), metres, legs);
    }

    private static void AddEnd(List<JourneyLeg> legs, EndLeg end, int from, int to, int start)
    {
        if (end.OnDemand >= 0)
        {
            legs.Add(new OnDemandLeg(from, to, start, start + end.Seconds, end.OnDemand));
        }
        else if (end.Seconds > 0 || end.Metres > 0)
        {
            legs.Add(new WalkLeg(from, to, start, start + end.Seconds, end.Metres));
        }
    }

    private RideLeg Leg(Ride ride)
    {
        var (lane, view) = (_rides.LaneOf(ride), _rides.ViewOf(ride));
        var index = lane.Frequency >= 0 ? lane.From : ride.Trip;
        var slot = view.Slots[index];
        var (day, start, end) = (query.Days[ride.Day], _rides.Start(ride), _rides.End(ride));
        return new RideLeg(_rides.BoardStop(ride), _rides.AlightStop(ride), start, end, timetable.SlotTrips[slot], day.Day, ride.Board, ride.Alight)
        {
            ScheduledStartSeconds = lane.Frequency >= 0 ? start : day.OffsetSeconds + timetable.ScheduledSeconds(slot, ride.Board, 1),
            ScheduledEndSeconds = lane.Frequency >= 0 ? end : day.OffsetSeconds + timetable.ScheduledSeconds(slot, ride.Alight, 0),
            IsPredicted = lane.Frequency < 0 && view.IsPredicted(timetable, index),
            BeThereSeconds = _rides.BeThere(ride),
            HeadwaySeconds = _rides.Headway(ride)?.HeadwaySeconds,
            Pickup = (BoardingRule)(view.Rule(timetable, lane, ride.Board) & 3),
            DropOff = (BoardingRule)(view.Rule(timetable, lane, ride.Alight) >> 2),
        };
    }

    private (int Seconds, int Metres) Change(Ride from, Ride to)
    {
        var (alight, board) = (_rides.AlightStop(from), _rides.BoardStop(to));
        var paths = timetable.Footpaths;
        if (alight == board)
        {
            return (Math.Max(paths.ChangeSeconds[alight], query.MinimumTransferSeconds), 0);
        }

        for (var path = paths.OutStarts[alight]; path < paths.OutStarts[alight + 1]; path++)
        {
            if (paths.OutStops[path] == board)
            {
                var walk = Walking.Seconds(paths.OutMetres[path], query.WalkingSpeedMetresPerSecond);
                return (Math.Max(query.MinimumTransferSeconds, Math.Max(walk, paths.OutMinimumSeconds[path])), paths.OutMetres[path]);
            }
        }

        throw new InvalidOperationException($"No footpath leads from stop {alight} to stop {board}.");
    }
}
