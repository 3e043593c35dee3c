using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Resident;

internal static class ResidentEndpoints
{
    /// <summary>The whole page.</summary>
    public static async Task<RazorComponentResult<ResidentPage>> ShowAsync(
        HttpContext context, VisitFactory visits, ResidentViews views, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context);
        return new(new { Visit = visit, View = await views.GatherAsync(context.CurrentTown(), visit, cancellationToken) });
    }

    /// <summary>Only the parts that change, for live.js.</summary>
    public static async Task<RazorComponentResult<LiveFragment>> ShowLiveAsync(
        HttpContext context, VisitFactory visits, ResidentViews views, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context);
        return new(new { Visit = visit, View = await views.GatherAsync(context.CurrentTown(), visit, cancellationToken) });
    }
}
