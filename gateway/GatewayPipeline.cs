using SmartCity.Gateway.OpenApi;
using SmartCity.Gateway.Routing;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway;

internal static class GatewayPipeline
{
    /// <summary>What the gateway answers itself; everything else is passed on by the door before.</summary>
    public static void MapGateway(WebApplication app)
    {
        app.MapGet("/gateway/routes", RoutesEndpoint.Get).RequireAuthorization(CityPolicies.Operator);
        app.MapOpenApiPages();
    }
}
