using Microsoft.AspNetCore.Builder;

namespace SmartCity.Engine;

/// <summary>Where the service's own sidecar listens.</summary>
public static class Sidecar
{
    /// <summary><c>Dapr:HttpEndpoint</c>, else Dapr's own <c>DAPR_HTTP_ENDPOINT</c> or <c>DAPR_HTTP_PORT</c>, else port 3500.</summary>
    public static Uri SidecarAddress(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        return new Uri(configuration["Dapr:HttpEndpoint"]
            ?? configuration["DAPR_HTTP_ENDPOINT"]
            ?? $"http://127.0.0.1:{configuration["DAPR_HTTP_PORT"] ?? "3500"}");
    }
}
