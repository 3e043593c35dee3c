using SmartCity.Gateway.Headers;
using SmartCity.Gateway.Routing;
using SmartCity.Gateway.Streaming;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Gateway;

internal static class GatewayPipeline
{
    public static void MapGateway(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<EndStreamsOnStop>();
        app.MapReverseProxy(proxy => proxy.UseMiddleware<TownGate>())
            .WithoutMyNumberCheck("Passed on as a stream and stored nowhere here; the service behind checks it.");
        // What no route above answers: a town's service that does not exist, or nothing we know.
        app.Map("/api/{municipality}/{service}/{**rest}", TownGate.UnknownService).ExcludeFromDescription();
        app.Map("/api/{**rest}", TownGate.UnknownRoute).ExcludeFromDescription();
    }
}
