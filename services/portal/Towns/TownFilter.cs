using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Towns;

internal static class TownFilter
{
    /// <summary>The one place where pages learn their town; an unknown one is a page in the visitor's language.</summary>
    public static async ValueTask<object?> RequireTownAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        if (!services.GetRequiredService<ITownDirectory>().TryGet((string?)http.GetRouteValue("municipality"), out var town))
        {
            return MessageResult.Of(
                services.GetRequiredService<VisitFactory>().Begin(http), StatusCodes.Status404NotFound, "missing.town.title", ["missing.do"]);
        }

        http.Features.Set(town);
        return await next(context);
    }
}
