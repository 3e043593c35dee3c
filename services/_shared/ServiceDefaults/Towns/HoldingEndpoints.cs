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

    /// <summary>The same for a service that keeps what it holds elsewhere than in a context.</summary>
    public static void MapHoldings<TService>(this IEndpointRouteBuilder routes, Func<TService, string, CancellationToken, Task<IReadOnlyList<Holding>>> count)
        where TService : notnull
    {
        async Task AnswerAsync(HttpContext http)
        {
            var holdings = await count(http.RequestServices.GetRequiredService<TService>(), (string)http.GetRouteValue("municipality")!, http.RequestAborted);
            await http.Response.WriteAsJsonAsync(holdings, CityJson.Options, http.RequestAborted);
        }

        routes.MapGet("/internal/holdings/{municipality}", AnswerAsync).ExcludeFromDescription();
    }
}
