using SmartCity.Transit.Planning.Search;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>Asks the planner what a traveller asked, on the feed's clock.</summary>
internal sealed class PlanDesk(Planner planner)
{
    /// <summary>What arrives an hour later than need be, for less walking or fewer transfers, is still worth showing.</summary>
    private const int SlackSeconds = 3_600;

    private const int LongestJourneySeconds = 86_400;

    public PlanAnswer Answer(PlannerTown town, PlanRequest request, PlanPlace from, PlanPlace to, string language)
    {
        var timetable = town.Live.Timetable;
        var clock = new DayClock(request.At, town.TimeZone);
        var direct = from.MetresTo(to, timetable);
        var offersThere = town.OnDemand?.Offers(from.LatitudeDegrees, from.LongitudeDegrees, toStops: true, request.At) ?? [];
        var offersBack = town.OnDemand?.Offers(to.LatitudeDegrees, to.LongitudeDegrees, toStops: false, request.At) ?? [];
        var query = new SearchQuery
        {
            From = [.. from.Legs(timetable, request.WalkingSpeedMetresPerSecond), .. offersThere.Select((offer, number) => Leg(offer, number, clock))],
            To = [.. to.Legs(timetable, request.WalkingSpeedMetresPerSecond), .. offersBack.Select((offer, number) => Leg(offer, offersThere.Count + number, clock))],
            Days = clock.Days(timetable, before: request.ArriveBy ? 1 : 0, after: request.ArriveBy ? 0 : 1),
            TimeSeconds = clock.Seconds(request.At),
            ArriveBy = request.ArriveBy,
            WindowSeconds = request.WindowMinutes * 60,
            MaximumSeconds = LongestJourneySeconds,
            MaximumRides = request.MaximumTransfers + 1,
            WalkingSpeedMetresPerSecond = request.WalkingSpeedMetresPerSecond,
            SlackSeconds = SlackSeconds,
            DirectWalkMetres = direct <= PlanPlace.MaximumWalkMetres ? direct : null,
            Wheelchair = request.Wheelchair,
            ClosedStops = town.ClosedStops,
        };
        var journeys = planner.Find(town.Live, query);
        if (journeys.Count == 0 && query.WindowSeconds is not null)
        {
            // Nothing leaves within the window: what comes after it is better than no answer.
            journeys = planner.Find(town.Live, query with { WindowSeconds = null });
        }

        var writer = new ItineraryWriter(town, clock, from, to, language, [.. offersThere, .. offersBack]);
        var items = request.ArriveBy
            ? journeys.OrderByDescending(journey => journey.DepartureSeconds).ThenBy(journey => journey.Rides).ThenBy(journey => journey.WalkMetres)
            : journeys.OrderBy(journey => journey.ArrivalSeconds).ThenByDescending(journey => journey.DepartureSeconds).ThenBy(journey => journey.Rides).ThenBy(journey => journey.WalkMetres);
        return new PlanAnswer(
            [.. items.Select(writer.Write)],
            Next: null,
            request.At,
            request.ArriveBy,
            from.View,
            to.View,
            query.DirectWalkMetres is { } metres ? writer.Walk(metres, query) : null,
            town.FeedVersion,
            town.RealtimeAt);
    }

    private static EndLeg Leg(OnDemandOffer offer, int number, DayClock clock)
        => new(offer.Stop, offer.DurationSeconds, 0, number, clock.Seconds(offer.EarliestPickup), clock.Seconds(offer.LatestPickup));
}
