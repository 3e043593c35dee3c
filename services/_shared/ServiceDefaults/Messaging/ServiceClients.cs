using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Engine;

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>Calls from service to service go through the caller's sidecar, which finds the callee by app id.</summary>
public static class ServiceClients
{
    /// <summary>An <see cref="HttpClient"/> whose requests carry <c>dapr-app-id</c>.</summary>
    /// <param name="name">The client's own name where the app id's is taken, as <see cref="Towns.RegistryFeed"/> takes the registry's; a name that is registered twice would send the header twice.</param>
    public static IHttpClientBuilder AddServiceClient(this WebApplicationBuilder builder, string appId, string? name = null)
    {
        var sidecar = builder.SidecarAddress();
        return builder.Services.AddHttpClient(name ?? appId, client =>
        {
            client.BaseAddress = sidecar;
            client.Timeout = TimeSpan.FromSeconds(5);
            client.DefaultRequestHeaders.Add("dapr-app-id", appId);
        });
    }
}
