using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Gateway.Routing;

/// <summary>Answers for unknown towns and services before anything is passed on.</summary>
internal sealed class TownGate(RequestDelegate next, ITownDirectory towns)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetRouteValue("municipality") is not string municipality)
        {
            return next(context);
        }

        if (!towns.TryGet(municipality, out var town))
        {
            return Problem.UnknownTown(municipality).ExecuteAsync(context);
        }

        // The path is /api/{municipality}/{service}/…: YARP's route matched it literally.
        var service = context.Request.Path.Value!.Split('/', 5)[3];
        return town.Offers(service)
            ? next(context)
            : Problem.ServiceNotOnboarded(municipality, service).ExecuteAsync(context);
    }

    public static IResult UnknownService(string municipality, string service, ITownDirectory towns)
        => towns.TryGet(municipality, out _) ? Problem.ServiceNotOnboarded(municipality, service) : Problem.UnknownTown(municipality);

    public static IResult UnknownRoute(HttpContext context)
        => Problem.NotFound("not-found", "There is nothing at this address.",
            $"{context.Request.Path} is no route; the API is below /api/{{municipality}}/{{service}}/.");
}
