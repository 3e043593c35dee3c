using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Health;

internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/livez</c>: the process answers. <c>/readyz</c>: all that the service truly needs works, each check by name.
    /// </summary>
    public static void MapCityHealth(this WebApplication app)
    {
        app.MapHealthChecks("/livez", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = entry.Value.Status.ToString(), description = entry.Value.Description },
                StringComparer.Ordinal),
        };
        return context.Response.WriteAsJsonAsync(answer, CityJson.Options, context.RequestAborted);
    }
}
