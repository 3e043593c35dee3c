using SmartCity.Transit.Planning.Search;

namespace SmartCity.Transit.Tests.Planning;

/// <summary>Rides a journey leg by leg as a traveller would, and says where that is not possible.</summary>
internal sealed class JourneyCheck(SmallNetwork network, SearchQuery query)
{
    private readonly List<SmallRun> _runs = [.. network.Runs(query)];

    public void Ride(Journey journey)
    {
        var (time, stop, metres, rides) = (journey.DepartureSeconds, -1, 0, 0);
        (query.ArriveBy || time >= query.TimeSeconds).ShouldBeTrue("leaves too early");
        RideLeg? last = null;
        foreach (var leg in journey.Legs)
        {
            leg.EndSeconds.ShouldBeGreaterThanOrEqualTo(leg.StartSeconds);
            switch (leg)
            {
                case RideLeg ride:
                    Board(ride, last, stop, time);
                    (last, rides) = (ride, rides + 1);
                    break;
                case WalkLeg walk:
                    leg.StartSeconds.ShouldBeGreaterThanOrEqualTo(time);
                    Walk(walk);
                    metres += walk.Metres;
                    break;
                case OnDemandLeg onDemand:
                    leg.StartSeconds.ShouldBeGreaterThanOrEqualTo(time);
                    var ends = leg.FromStop < 0 ? query.From : query.To;
                    ends.ShouldContain(end => end.OnDemand == onDemand.OnDemand && end.Stop == Math.Max(leg.FromStop, leg.ToStop)
                        && leg.StartSeconds >= end.EarliestPickupSeconds && leg.StartSeconds <= end.LatestPickupSeconds);
                    rides++;
                    break;
            }

            // The first leg leads to a stop where the journey has no leg of its own to begin with.
            (leg.FromStop == stop || stop == -1).ShouldBeTrue($"from {leg.FromStop}, but one is at {stop}");
            (time, stop) = (leg.EndSeconds, leg.ToStop);
        }

        time.ShouldBe(journey.ArrivalSeconds);
        metres.ShouldBe(journey.WalkMetres);
        rides.ShouldBe(journey.Rides);
        rides.ShouldBeLessThanOrEqualTo(query.MaximumRides);
        (!query.ArriveBy || time <= query.TimeSeconds).ShouldBeTrue("arrives too late");
    }

    private void Board(RideLeg ride, RideLeg? last, int stop, int time)
    {
        ride.BeThereSeconds.ShouldBeGreaterThanOrEqualTo(time);
        network.Usable(ride.FromStop, query).ShouldBeTrue($"stop {ride.FromStop} is closed");
        network.Usable(ride.ToStop, query).ShouldBeTrue($"stop {ride.ToStop} is closed");
        if (last is not null)
        {
            var change = network.Change(last.ToStop, ride.FromStop, query).ShouldNotBeNull($"no transfer from {last.ToStop} to {ride.FromStop}");
            ride.BeThereSeconds.ShouldBeGreaterThanOrEqualTo(last.EndSeconds + change.Seconds);
            (stop == ride.FromStop).ShouldBeTrue();
        }

        _runs.ShouldContain(run => run.Trip == ride.Trip && run.Day == ride.Day && Carries(run, ride), $"no vehicle for {ride}");
        Trip(ride).Calls[ride.BoardCall].Pickup.ShouldBe(ride.Pickup);
        Trip(ride).Calls[ride.AlightCall].DropOff.ShouldBe(ride.DropOff);
    }

    private static bool Carries(SmallRun run, RideLeg ride)
    {
        var later = run.Catch(ride.BoardCall, ride.BeThereSeconds);
        return run.Stops[ride.BoardCall] == ride.FromStop && run.Boards[ride.BoardCall] && run.Stops[ride.AlightCall] == ride.ToStop && run.Alights[ride.AlightCall]
            && ride.AlightCall > ride.BoardCall && run.Departures[ride.BoardCall] + later == ride.StartSeconds && run.Arrivals[ride.AlightCall] + later == ride.EndSeconds
            && run.Headway == ride.HeadwaySeconds;
    }

    private void Walk(WalkLeg walk)
    {
        var seconds = walk.EndSeconds - walk.StartSeconds;
        if (walk.FromStop < 0 || walk.ToStop < 0)
        {
            (walk.FromStop < 0 ? query.From : query.To).ShouldContain(end =>
                end.OnDemand < 0 && end.Stop == Math.Max(walk.FromStop, walk.ToStop) && end.Metres == walk.Metres && end.Seconds == seconds);
            return;
        }

        walk.Metres.ShouldBe(network.Metres(walk.FromStop, walk.ToStop));
        seconds.ShouldBe((int)Math.Ceiling(walk.Metres / query.WalkingSpeedMetresPerSecond));
    }

    private SmallTrip Trip(RideLeg ride) => network.Trips[ride.Trip];
}
