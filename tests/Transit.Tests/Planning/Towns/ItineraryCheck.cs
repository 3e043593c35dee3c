using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Tests.Planning.Towns;

/// <summary>Travels an itinerary against the feed itself, knowing nothing of how it was found.</summary>
internal sealed class ItineraryCheck(GtfsFeed feed, double walkingSpeedMetresPerSecond)
{
    private const int NotAllowed = 1;

    public void Travel(Itinerary itinerary, DateTimeOffset at)
    {
        itinerary.StartsAt.ShouldBeGreaterThanOrEqualTo(at);
        (itinerary.Legs[0].BeThereAt ?? itinerary.Legs[0].StartsAt).ShouldBe(itinerary.StartsAt);
        itinerary.Legs[^1].EndsAt.ShouldBe(itinerary.EndsAt);
        Leg? lastRide = null;
        Leg? last = null;
        foreach (var leg in itinerary.Legs)
        {
            leg.EndsAt.ShouldBeGreaterThanOrEqualTo(leg.StartsAt);
            if (last is not null)
            {
                leg.From.StopId.ShouldBe(last.To.StopId);
                (leg.BeThereAt ?? leg.StartsAt).ShouldBeGreaterThanOrEqualTo(last.EndsAt);
            }

            if (leg.Kind == LegKind.Walk)
            {
                Walk(leg);
            }
            else
            {
                Ride(leg);
                Change(lastRide, leg);
                lastRide = leg;
            }

            last = leg;
        }
    }

    private void Walk(Leg leg)
    {
        var straight = Haversine(leg.From, leg.To);
        // As long as the straight line and a quarter, and no faster than one walks. A metre is for rounding.
        ((double)leg.DistanceMetres).ShouldBeInRange(straight * 1.25 - 1, straight * 1.25 + 2);
        (leg.EndsAt - leg.StartsAt).TotalSeconds.ShouldBeGreaterThanOrEqualTo(leg.DistanceMetres / walkingSpeedMetresPerSecond);
        leg.DistanceMetres.ShouldBeLessThanOrEqualTo(PlanPlace.MaximumWalkMetres);
    }

    private void Ride(Leg leg)
    {
        var trip = feed.Trips[feed.TripIndex(leg.TripId!)];
        feed.Services[trip.Service].RunsOn(leg.ServiceDate!.Value).ShouldBeTrue($"{leg.TripId} does not run on {leg.ServiceDate}");
        leg.RouteId.ShouldBe(feed.Routes[trip.Route].Id);
        var (start, end) = (SecondsOf(leg.StartsAt, leg), SecondsOf(leg.EndsAt, leg));
        var calls = Enumerable.Range(trip.FirstStopTime, trip.StopTimeCount).ToList();
        var pairs = from boards in calls
                    where StopOf(boards) == leg.From.StopId && feed.StopTimes.PickupTypes[boards] != NotAllowed
                    from alights in calls
                    where alights > boards && StopOf(alights) == leg.To.StopId && feed.StopTimes.DropOffTypes[alights] != NotAllowed
                    select (boards, alights);
        pairs.ShouldContain(pair => Runs(trip, leg, pair.boards, start)
            && feed.StopTimes.ArrivalSeconds[pair.alights] - feed.StopTimes.DepartureSeconds[pair.boards] == end - start, $"{leg.TripId} does not go so: {leg}");
    }

    private bool Runs(GtfsTrip trip, Leg leg, int boards, int start)
    {
        var departure = feed.StopTimes.DepartureSeconds[boards];
        if (trip.Frequencies.Count == 0)
        {
            return departure == start;
        }

        var begin = start - (departure - feed.StopTimes.DepartureSeconds[trip.FirstStopTime]);
        return trip.Frequencies.Select(index => feed.Frequencies[index]).Any(frequency => frequency.IsExact
            ? begin >= frequency.StartSeconds && begin < frequency.EndSeconds && (begin - frequency.StartSeconds) % frequency.HeadwaySeconds == 0
            : begin >= frequency.StartSeconds && begin <= frequency.EndSeconds && leg.HeadwaySeconds == frequency.HeadwaySeconds
                // A whole headway is waited, but for the first run, which leaves on time.
                && (begin == frequency.StartSeconds || start - SecondsOf(leg.BeThereAt!.Value, leg) == frequency.HeadwaySeconds
                    || begin - frequency.HeadwaySeconds < frequency.StartSeconds));
    }

    private void Change(Leg? last, Leg next)
    {
        if (last is null)
        {
            return;
        }

        var rules = feed.Transfers.Where(rule => rule is { FromRoute: < 0, ToRoute: < 0, FromTrip: < 0, ToTrip: < 0, FromStop: >= 0, ToStop: >= 0 }
            && feed.Stops[rule.FromStop].Id == last.To.StopId && feed.Stops[rule.ToStop].Id == next.From.StopId).ToList();
        rules.ShouldNotContain(rule => rule.Type == (int)TransferKind.NotPossible);
        foreach (var rule in rules.Where(rule => rule.Type == (int)TransferKind.MinimumTime))
        {
            ((next.BeThereAt ?? next.StartsAt) - last.EndsAt).TotalSeconds.ShouldBeGreaterThanOrEqualTo(rule.MinimumSeconds ?? 0);
        }
    }

    private string? StopOf(int stopTime) => feed.StopTimes.Stops[stopTime] is >= 0 and var stop ? feed.Stops[stop].Id : null;

    /// <summary>GTFS counts from twelve hours before noon.</summary>
    private int SecondsOf(DateTimeOffset at, Leg leg)
    {
        var noon = leg.ServiceDate!.Value.ToDateTime(new TimeOnly(12, 0));
        return (int)(at - new DateTimeOffset(noon, feed.TimeZone.GetUtcOffset(noon))).TotalSeconds + (12 * 3600);
    }

    private static double Haversine(LegPlace a, LegPlace b)
    {
        var (north, east) = ((b.LatitudeDegrees - a.LatitudeDegrees) * Math.PI / 180, (b.LongitudeDegrees - a.LongitudeDegrees) * Math.PI / 180);
        var h = Math.Pow(Math.Sin(north / 2), 2) + (Math.Cos(a.LatitudeDegrees * Math.PI / 180) * Math.Cos(b.LatitudeDegrees * Math.PI / 180) * Math.Pow(Math.Sin(east / 2), 2));
        return 2 * 6_371_009 * Math.Asin(Math.Sqrt(h));
    }
}
