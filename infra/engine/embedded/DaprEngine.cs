using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SmartCity.Engine;

/// <summary>Dapr, embedded: the client speaks HTTP to the sidecar of this repository.</summary>
public static class DaprEngine
{
    public static void AddCityDapr(this WebApplicationBuilder builder)
    {
        var sidecar = builder.SidecarAddress().ToString();
        builder.Services.AddDaprClient(dapr => dapr.UseHttpEndpoint(sidecar));
    }
}
