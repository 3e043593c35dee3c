using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orleans;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Telemetry.Fleet;

internal static class FleetHandlers
{
    private const int UsualMinutes = 15;
    private const int MostMinutes = 1440;

    /// <summary>Counts over the town's devices, from memory.</summary>
    public static async Task<Results<Ok<FleetView>, ProblemHttpResult>> GetAsync(HttpContext http, IGrainFactory grains, string? minutes = null)
    {
        var within = UsualMinutes;
        if (minutes is not null && (!int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out within) || within is < 1 or > MostMinutes))
        {
            return Problem.BadRequest("minutes-out-of-range", "The number of minutes is out of range.", $"Give minutes as a whole number from 1 to {MostMinutes}.");
        }

        var counts = await grains.GetGrain<IFleetGrain>(http.CurrentTown().Code).CountAsync(TimeSpan.FromMinutes(within));
        return TypedResults.Ok(new FleetView
        {
            Registered = counts.Registered,
            Heard = counts.Heard,
            HeardWithinMinutes = within,
            Silent = counts.Silent,
            RefusedInLastHour = counts.RefusedInLastHour,
            RulesRaised = counts.RulesRaised,
            AsOf = JapanTime.From(counts.AsOf),
        });
    }
}
