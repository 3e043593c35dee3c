using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Stops against the live feed version.</summary>
internal static class StopChecks
{
    public static void Check(CheckContext context, ITripPlans plans, string entity, string stopId)
    {
        switch (plans.LocationTypeOf(stopId))
        {
            case null:
                context.Notices.Add("E011", entity, "stop_id is not in the live feed version.", stopId);
                break;
            case not 0:
                context.Notices.Add("E015", entity, "Vehicles call at stops (location_type 0), and not at stations or entrances.", stopId);
                break;
            default:
                break;
        }
    }
}
