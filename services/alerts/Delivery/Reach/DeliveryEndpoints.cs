using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Reading;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Reach;

/// <summary>Whom a message reached and whom it did not: officers only, and no address is shown.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id}/deliveries", ListDeliveries)
            .RequireAuthorization(CityPolicies.Officer).RecordAcrossTowns<AlertDbContext>("delivery.read", ExchangePurposes.Emergency);
        routes.MapGet("/{id}/deliveries/export.csv", ExportDeliveries)
            .RequireAuthorization(CityPolicies.Officer).RecordAcrossTowns<AlertDbContext>("delivery.export", ExchangePurposes.Emergency);
        routes.MapGet("/{id}/reach", GetReach)
            .RequireAuthorization(CityPolicies.Officer).RecordAcrossTowns<AlertDbContext>("delivery.read", ExchangePurposes.Emergency);
    }

    /// <summary>In the order of subscriptions; <c>?status=</c> and <c>?channel=</c> narrow it, <c>status=not-reached</c> to those that wait or failed.</summary>
    private static async Task<Results<Ok<Page<DeliveryView>>, ProblemHttpResult>> ListDeliveries(
        string id, AlertDbContext database, DeliveryList list, CancellationToken cancellationToken,
        string? status = null, string? channel = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (list.Refuse(status, channel) is { } unknown)
        {
            return unknown;
        }

        if (await PlanOfAsync(database, id, cancellationToken) is not { } plan)
        {
            return AlertEndpoints.Unknown(id);
        }

        var rows = await list.ReadAsync(plan, status, channel, after, take + 1, cancellationToken);
        var page = rows.Take(take).ToList();
        return TypedResults.Ok(new Page<DeliveryView>(page, rows.Count > take ? page[^1].SubscriptionId : null));
    }

    /// <summary>The same as CSV, all of them: UTF-8, or <c>?encoding=shift_jis</c>.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportDeliveries(
        string id, AlertDbContext database, DeliveryList list, HttpContext http, CancellationToken cancellationToken,
        string? status = null, string? channel = null, string? encoding = null)
    {
        var isShiftJis = encoding is "shift_jis" or "Shift_JIS" or "sjis";
        if (!isShiftJis && encoding is not (null or "utf-8" or "UTF-8"))
        {
            return Problem.BadRequest("encoding-unknown", "This encoding is not known.", "Give utf-8 or shift_jis.");
        }

        if (list.Refuse(status, channel) is { } unknown)
        {
            return unknown;
        }

        if (await PlanOfAsync(database, id, cancellationToken) is not { } plan)
        {
            return AlertEndpoints.Unknown(id);
        }

        http.Response.Headers.CacheControl = "no-store";
        var rows = await list.ReadAsync(plan, status, channel, after: null, DeliveryCsv.MostRows, cancellationToken);
        return TypedResults.Bytes(DeliveryCsv.Write(rows, isShiftJis), isShiftJis ? "text/csv; charset=shift_jis" : "text/csv; charset=utf-8", $"deliveries-{id}.csv");
    }

    private static async Task<Results<Ok<ReachView>, ProblemHttpResult>> GetReach(
        string id, AlertDbContext database, ReachReader reader, CancellationToken cancellationToken)
        => await PlanOfAsync(database, id, cancellationToken) is { } plan
            ? TypedResults.Ok(await reader.ReadAsync(plan, cancellationToken))
            : AlertEndpoints.Unknown(id);

    private static Task<PlanEntry?> PlanOfAsync(AlertDbContext database, string id, CancellationToken cancellationToken)
        => database.Set<PlanEntry>().AsNoTracking().FirstOrDefaultAsync(row => row.MessageId == id, cancellationToken);
}
