using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.LiveMap;

internal static class LiveMapEndpoints
{
    /// <summary>All devices of a town, where they stand and how they are.</summary>
    public static async Task<RazorComponentResult<LiveMapPage>> ShowAsync(HttpContext context, VisitFactory visits, LiveMapViews views, CancellationToken cancellationToken)
        => new(new { Visit = visits.Begin(context, keepsQuery: true), View = await views.GatherAsync(context.CurrentTown(), MapWindow.Of(context.Request), cancellationToken) });

    /// <summary>Only the parts that change, for live.js.</summary>
    public static async Task<RazorComponentResult<LiveMapFragment>> ShowLiveAsync(HttpContext context, VisitFactory visits, LiveMapViews views, CancellationToken cancellationToken)
        => new(new { Visit = visits.Begin(context), View = await views.GatherAsync(context.CurrentTown(), MapWindow.Of(context.Request), cancellationToken) });
}
