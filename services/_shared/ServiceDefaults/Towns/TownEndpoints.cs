using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Tenancy of the HTTP API, in one place.</summary>
public static class TownEndpoints
{
    /// <summary>
    /// The group <c>/api/{municipality}/{appId}</c>: an unknown town or one without the service gets a 404 that says
    /// so, and everything behind it sees only that town's data.
    /// </summary>
    public static RouteGroupBuilder MapTownGroup(this IEndpointRouteBuilder routes, string appId)
    {
        var group = routes.MapGroup($"/api/{{municipality}}/{appId}");
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var municipality = (string?)http.GetRouteValue("municipality") ?? "";
            if (!http.RequestServices.GetRequiredService<ITownDirectory>().TryGet(municipality, out var town))
            {
                return Problem.UnknownTown(municipality);
            }

            if (!town.Offers(appId))
            {
                return Problem.ServiceNotOnboarded(municipality, appId);
            }

            http.RequestServices.GetRequiredService<TownScope>().Municipality = municipality;
            http.Features.Set(town);
            return await next(context);
        });
        return group;
    }

    /// <summary>The town of a request inside a town group.</summary>
    public static Town CurrentTown(this HttpContext context)
        => context.Features.Get<Town>() ?? throw new InvalidOperationException("This endpoint is not inside a town group.");
}
