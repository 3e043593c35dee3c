using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Resident;

internal static class ResidentEndpoints
{
    /// <summary>The whole page.</summary>
    public static async Task<RazorComponentResult<ResidentPage>> ShowAsync(
        HttpContext context, VisitFactory visits, ResidentViews views, LiveCrowd crowd, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context);
        var town = context.CurrentTown();
        crowd.Count(town.Code);
        return new(new { Visit = visit, View = await views.GatherAsync(town, visit, cancellationToken) });
    }

    /// <summary>Only the parts that change, for live.js.</summary>
    public static async Task<IResult> ShowLiveAsync(
        HttpContext context, VisitFactory visits, LiveFragments fragments, LiveCrowd crowd, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context);
        var town = context.CurrentTown();
        crowd.Count(town.Code);
        return TypedResults.Bytes(await fragments.GetAsync(town, visit.Language, cancellationToken), "text/html; charset=utf-8");
    }
}
