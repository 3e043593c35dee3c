using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Health;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Hosting;

/// <summary>What every service does alike.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Largest request body that a route accepts unless it says otherwise.</summary>
    private const long MaximumRequestBytes = 1024 * 1024;

    internal static void AddServiceDefaults(this WebApplicationBuilder builder, CityService service)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumRequestBytes;
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(4));
        builder.AddCityLogging();
        builder.Services.TryAddSingleton(TimeProvider.System);
        // A parameter that does not parse is a 400 problem in every environment, not an exception in Development.
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.ConfigureHttpJsonOptions(json => CityJson.Apply(json.SerializerOptions));
        builder.Services.AddCityProblems();
        builder.Services.AddOpenApi(service.AppId);
        builder.Services.AddHealthChecks();
        builder.AddTowns(service.AppId);
        builder.AddCityIdentity();
    }

    internal static void UseServiceDefaults(this WebApplication app, CityService service)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<InsideGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        // Behind authorization, before every handler: no endpoint can forget it.
        app.UseMiddleware<MyNumberGuard>();
        app.MapCityHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapGet("/", () => Results.Ok(new { service = service.AppId, openApi = $"/openapi/{service.AppId}.json" }))
            .ExcludeFromDescription().WithName("service-root").WithOrder(int.MaxValue);
    }

    private static void AddCityLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
