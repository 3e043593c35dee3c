using System.Globalization;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Planning.Fares;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>Puts names, times and fares to journeys.</summary>
internal sealed class ItineraryWriter(
    PlannerTown town, DayClock clock, PlanPlace from, PlanPlace to, string language, IReadOnlyList<OnDemandOffer> offers)
{
    private readonly TimetableParts _timetable = town.Live.Timetable.Parts;

    public Itinerary Write(Journey journey) => new(
        string.Create(CultureInfo.InvariantCulture, $"{journey.DepartureSeconds}-{journey.ArrivalSeconds}-{journey.Rides}-{journey.WalkMetres}"),
        clock.At(journey.DepartureSeconds),
        clock.At(journey.ArrivalSeconds),
        journey.ArrivalSeconds - journey.DepartureSeconds,
        journey.Rides - 1,
        journey.WalkMetres,
        [.. journey.Legs.Select(Write)],
        Fare(journey));

    /// <summary>All the way on foot, from (or until) the time that was asked for.</summary>
    public Itinerary Walk(int metres, SearchQuery query)
    {
        var seconds = Walking.Seconds(metres, query.WalkingSpeedMetresPerSecond);
        var start = query.ArriveBy ? query.TimeSeconds - seconds : query.TimeSeconds;
        var leg = new Leg(LegKind.Walk, from.View, to.View, clock.At(start), clock.At(start + seconds), seconds, metres);
        return new Itinerary("walk", leg.StartsAt, leg.EndsAt, seconds, 0, metres, [leg]);
    }

    private Leg Write(JourneyLeg leg) => leg switch
    {
        RideLeg ride => Write(ride),
        OnDemandLeg onDemand => Write(onDemand),
        WalkLeg walk => Basic(walk, LegKind.Walk, walk.Metres),
        _ => throw new InvalidOperationException($"No words for {leg.GetType().Name}."),
    };

    private Leg Write(RideLeg ride)
    {
        var trip = town.Names.Trip(ride.Trip, ride.BoardCall, language);
        return Basic(ride, LegKind.Ride, Along(ride)) with
        {
            Status = ride.IsPredicted ? LegStatus.Predicted : LegStatus.Scheduled,
            ScheduledStartsAt = clock.At(ride.ScheduledStartSeconds),
            ScheduledEndsAt = clock.At(ride.ScheduledEndSeconds),
            BeThereAt = ride.HeadwaySeconds is null ? null : clock.At(ride.BeThereSeconds),
            HeadwaySeconds = ride.HeadwaySeconds,
            Feed = trip.Feed,
            RouteId = trip.RouteId,
            RouteName = trip.RouteName,
            TripId = trip.Id,
            Headsign = trip.Headsign,
            ServiceDate = town.Live.Timetable.DateOf(ride.Day),
            StopsBetween = ride.AlightCall - ride.BoardCall - 1,
            Pickup = ride.Pickup,
            DropOff = ride.DropOff,
            WheelchairAccessible = Accessible(trip.Wheelchair, (Accessibility)_timetable.StopAccessibility[ride.FromStop], (Accessibility)_timetable.StopAccessibility[ride.ToStop]),
        };
    }

    private Leg Write(OnDemandLeg leg)
    {
        var offer = offers[leg.OnDemand];
        var (start, end) = (Place(leg.FromStop, from), Place(leg.ToStop, to));
        var metres = GeoPoint.Metres(start.LatitudeDegrees, start.LongitudeDegrees, end.LatitudeDegrees, end.LongitudeDegrees);
        return Basic(leg, LegKind.OnDemand, (int)Math.Ceiling(metres)) with
        {
            ServiceId = offer.ServiceId,
            RouteName = offer.Name.In(language),
            BookBy = offer.BookBy,
            Telephone = offer.Telephone,
        };
    }

    private Leg Basic(JourneyLeg leg, LegKind kind, int metres) => new(
        kind, Place(leg.FromStop, from), Place(leg.ToStop, to), clock.At(leg.StartSeconds), clock.At(leg.EndSeconds), leg.EndSeconds - leg.StartSeconds, metres);

    private LegPlace Place(int stop, PlanPlace end)
    {
        if (stop < 0)
        {
            return end.View;
        }

        var (id, name) = town.Names.Stop(stop, language);
        return new LegPlace(id, name, _timetable.Latitudes[stop], _timetable.Longitudes[stop]);
    }

    private static bool? Accessible(params ReadOnlySpan<Accessibility> all)
        => all.Contains(Accessibility.NotAccessible) ? false : all.Contains(Accessibility.Unknown) ? null : true;

    private ReadOnlySpan<int> StopsOf(RideLeg ride)
    {
        var pattern = _timetable.PatternOf(_timetable.TripSlots[ride.Trip]);
        return _timetable.PatternStops.AsSpan(_timetable.PatternStopOffsets[pattern])[ride.BoardCall..(ride.AlightCall + 1)];
    }

    private int Along(RideLeg ride)
    {
        var stops = StopsOf(ride);
        var metres = 0.0;
        for (var index = 1; index < stops.Length; index++)
        {
            var (a, b) = (stops[index - 1], stops[index]);
            var step = GeoPoint.Metres(_timetable.Latitudes[a], _timetable.Longitudes[a], _timetable.Latitudes[b], _timetable.Longitudes[b]);
            metres += double.IsFinite(step) ? step : 0;
        }

        return (int)Math.Round(metres);
    }

    private ItineraryFare? Fare(Journey journey)
    {
        // What an on-demand ride costs is its own service's to say.
        if (town.Fares is null || journey.Legs.Any(leg => leg is OnDemandLeg))
        {
            return null;
        }

        var rides = journey.Legs.OfType<RideLeg>().Select(FareRideOf).ToList();
        return town.Fares.Cheapest(rides) is { } fare ? new ItineraryFare(fare.Amount, fare.Currency) : null;
    }

    private FareRide FareRideOf(RideLeg ride)
    {
        var trip = town.Names.Trip(ride.Trip, ride.BoardCall, language);
        return new FareRide(trip.RouteId, [.. StopsOf(ride).ToArray().Select(town.Names.ZoneOf)], ride.StartSeconds) { Feed = trip.Feed, AgencyId = trip.AgencyId };
    }
}
