using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>What a service keeps of a town: the registry asks before somebody takes a device or the service away.</summary>
public static class HoldingEndpoints
{
    /// <param name="count">Counts the rows of the town in scope.</param>
    public static void MapHoldings<TContext>(this IEndpointRouteBuilder routes, Func<TContext, CancellationToken, Task<IReadOnlyList<Holding>>> count)
        where TContext : CityDbContext
    {
        async Task AnswerAsync(HttpContext http)
        {
            http.RequestServices.GetRequiredService<TownScope>().Municipality = (string)http.GetRouteValue("municipality")!;
            var holdings = await count(http.RequestServices.GetRequiredService<TContext>(), http.RequestAborted);
            await http.Response.WriteAsJsonAsync(holdings, CityJson.Options, http.RequestAborted);
        }

        routes.MapGet("/internal/holdings/{municipality}", AnswerAsync).ExcludeFromDescription();
    }
}
