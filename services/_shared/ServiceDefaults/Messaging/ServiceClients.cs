using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Engine;

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>Calls from service to service go through the caller's sidecar, which finds the callee by app id.</summary>
public static class ServiceClients
{
    /// <summary>An <see cref="HttpClient"/> named by app id whose requests carry <c>dapr-app-id</c>.</summary>
    public static IHttpClientBuilder AddServiceClient(this WebApplicationBuilder builder, string appId)
    {
        var sidecar = builder.SidecarAddress();
        return builder.Services.AddHttpClient(appId, client =>
        {
            client.BaseAddress = sidecar;
            client.Timeout = TimeSpan.FromSeconds(5);
            client.DefaultRequestHeaders.Add("dapr-app-id", appId);
        });
    }
}
