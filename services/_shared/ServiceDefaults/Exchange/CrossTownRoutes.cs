using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Routes of a town that leave a record where somebody of another town uses them.</summary>
public static class CrossTownRoutes
{
    /// <summary>
    /// A guest's read or write is one record: committed with the handler's own change where it makes one, and before the
    /// answer is sent where it does not. A refusal is recorded as one, and nothing of what it had begun is saved.
    /// </summary>
    /// <typeparam name="TDatabase">The service's, whose outbox carries the record.</typeparam>
    /// <param name="operation">Such as <c>draft.read</c>.</param>
    /// <param name="purpose">A code of <see cref="ExchangePurposes"/>.</param>
    public static RouteHandlerBuilder RecordAcrossTowns<TDatabase>(this RouteHandlerBuilder route, string operation, string purpose)
        where TDatabase : CityDbContext
        => route.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (http.GetRouteValue("municipality") is not string municipality || http.User.Identity?.IsAuthenticated != true || !http.User.IsGuestIn(municipality))
            {
                return await next(context);
            }

            var database = http.RequestServices.GetRequiredService<TDatabase>();
            var log = http.RequestServices.GetRequiredService<IExchangeLog>();
            var entry = new ExchangeEntry(municipality, operation, purpose, null);
            log.Record(database, http, entry);
            var waiting = database.ChangeTracker.Entries<OutboxEvent>().Last();
            var result = await next(context);
            if (StatusOf(result) >= StatusCodes.Status400BadRequest)
            {
                database.ChangeTracker.Clear();
                log.Record(database, http, entry with { Result = ExchangeResults.Refused });
                await database.SaveChangesAsync(http.RequestAborted);
            }
            else if (waiting.State != EntityState.Unchanged)
            {
                waiting.State = EntityState.Added;
                await database.SaveChangesAsync(http.RequestAborted);
            }

            return result;
        });

    private static int StatusOf(object? result)
    {
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        return (inner as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
    }
}
