using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartCity.Contracts;
using SmartCity.Engine;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Registers what services need to hand out personal data.</summary>
public static class ExchangeServices
{
    /// <summary><see cref="IExchangeLog"/> into the service's outbox, and grants as the registry knows them.</summary>
    /// <param name="builder">Of the service.</param>
    /// <param name="appId">Its app id, under which it is recorded.</param>
    public static void AddCityExchange(this WebApplicationBuilder builder, string appId)
    {
        var sidecar = builder.SidecarAddress();
        builder.Services.AddHttpClient(SidecarGrants.ClientName, client =>
        {
            client.BaseAddress = sidecar;
            client.Timeout = TimeSpan.FromSeconds(5);
            client.DefaultRequestHeaders.Add("dapr-app-id", AppIds.Registry);
        });
        builder.Services.TryAddSingleton<IGrantDirectory, SidecarGrants>();
        builder.Services.TryAddSingleton<IExchangeLog>(provider => new OutboxExchangeLog(appId, provider.GetRequiredService<TimeProvider>()));
    }
}
