using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Alerts, and what they say that they concern.</summary>
internal sealed class AlertChecks(CheckContext context)
{
    public void Check(string entity, Alert alert)
    {
        if (alert.InformedEntity.Count == 0)
        {
            context.Notices.Add("E032", entity, "The alert does not say what it concerns (informed_entity); it is not taken.");
        }

        foreach (var selector in alert.InformedEntity)
        {
            if (selector is { HasAgencyId: false, HasRouteId: false, HasRouteType: false, HasStopId: false, Trip: null, HasDirectionId: false })
            {
                context.Notices.Add("E033", entity, "An informed_entity names nothing.");
            }
            else if (context.Plans is { } plans)
            {
                Check(entity, selector, plans);
            }
        }
    }

    private void Check(string entity, EntitySelector selector, ITripPlans plans)
    {
        var notices = context.Notices;
        if (selector.HasAgencyId && !plans.HasAgency(selector.AgencyId))
        {
            notices.Add("E034", entity, "agency_id is not in the live feed version.", selector.AgencyId);
        }

        if (selector.HasRouteId && !plans.HasRoute(selector.RouteId))
        {
            notices.Add("E004", entity, "route_id is not in the live feed version.", selector.RouteId);
        }

        if (selector.HasStopId && plans.LocationTypeOf(selector.StopId) is null)
        {
            notices.Add("E011", entity, "stop_id is not in the live feed version.", selector.StopId);
        }

        if (selector.Trip is not { } trip)
        {
            return;
        }

        if (selector.HasRouteId && trip.HasRouteId && selector.RouteId != trip.RouteId)
        {
            notices.Add("E031", entity, $"The informed_entity names the route {selector.RouteId}, and its trip another one.", trip.RouteId);
        }

        if (trip.HasTripId)
        {
            var route = plans.RouteOfTrip(trip.TripId);
            if (route is null)
            {
                notices.Add("E003", entity, "trip_id is not in the live feed version.", trip.TripId);
            }
            else if (selector.HasRouteId && selector.RouteId != route)
            {
                notices.Add("E030", entity, $"The trip belongs to the route {route} in the live feed version.", selector.RouteId);
            }
        }
    }
}
