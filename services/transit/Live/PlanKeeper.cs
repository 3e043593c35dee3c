using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Live;

/// <summary>Hands every town's live feeds to its vehicles: at the start, and whenever another version goes live.</summary>
internal sealed class PlanKeeper(LiveTimetables timetables, TownPlans plans, ITownDirectory towns, TimeProvider clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        timetables.Changed += Put;
        foreach (var town in towns.Towns.Where(static town => town.Offers(AppIds.Transit)))
        {
            Put(town.Code);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        timetables.Changed -= Put;
        return Task.CompletedTask;
    }

    private void Put(string municipality)
    {
        var timetable = timetables.Of(municipality);
        if (timetable.Feeds.Count == 0)
        {
            plans.Remove(municipality);
        }
        else
        {
            plans.Set(municipality, new LivePlans(timetable, clock));
        }
    }
}
