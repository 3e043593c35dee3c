using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Towns;

internal static class TownsEndpoint
{
    public static RazorComponentResult<TownsPage> Show(HttpContext context, VisitFactory visits, ITownDirectory towns)
        => new(new { Visit = visits.Begin(context), towns.Towns });
}
