using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Shelters;
using SmartCity.Alerts.Targeting;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Reading;

/// <summary>Alerts for everybody: no sign-in.</summary>
internal static class AlertEndpoints
{
    public static void MapAlertReading(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/active", ListActive);
        routes.MapGet("/feed.atom", GetFeed);
        routes.MapGet("/{id}", GetAlert);
        routes.MapGet("/{id}.cap.xml", GetCap);
    }

    /// <summary>
    /// The newest message of every chain in force, newest chain first; <c>?status=Actual</c> without drills and tests;
    /// <c>?near=lat,lon</c> only those that concern that place, for programs that know nothing of polygons. A page of residents asks for all and decides on the phone.
    /// </summary>
    private static async Task<Results<Ok<AlertsInForce>, ProblemHttpResult>> ListActive(
        ActiveAlerts active, AreasInForce areas, AlertDbContext database, HttpContext http, CancellationToken cancellationToken,
        string? status = null, string? near = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (status is not (null or nameof(CapStatus.Actual) or nameof(CapStatus.Exercise) or nameof(CapStatus.Test)))
        {
            return Problem.BadRequest("status-unknown", "This alert status is not known.", $"Give {CapStatus.Actual}, {CapStatus.Exercise} or {CapStatus.Test}.");
        }

        // Before anything else is read: what is committed in between is in both, and in neither never.
        var position = await active.ReadPositionAsync(cancellationToken);
        IReadOnlyList<string>? among = null;
        if (near is not null)
        {
            if (!GeoPoint.TryParse(near, out var place))
            {
                return ShelterFilter.NoPlace();
            }

            http.Response.Headers.CacheControl = "no-store";
            among = await areas.AtAsync(database, http.CurrentTown().Code, position, place.LatitudeDegrees, place.LongitudeDegrees, cancellationToken);
        }

        var rows = await active.ReadAsync(after, take + 1, status, among, cancellationToken);
        var page = rows.Take(take).Select(row => row.ToView(cancelledAt: null)).ToList();
        return TypedResults.Ok(new AlertsInForce(page, rows.Count > take ? page[^1].AlertId : null, position.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> GetAlert(string id, AlertDbContext database, CancellationToken cancellationToken)
    {
        var found = await database.Messages.AsNoTracking()
            .Where(message => message.Id == id)
            .Join(database.Chains, message => message.AlertId, chain => chain.AlertId, (message, chain) => new { message, chain.CancelledAt })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? Unknown(id) : TypedResults.Ok(found.message.ToView(found.CancelledAt));
    }

    /// <summary>The message exactly as it was issued; it never changes, so its id is its ETag.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetCap(string id, AlertDbContext database, CancellationToken cancellationToken)
    {
        var message = await database.Messages.AsNoTracking()
            .Where(message => message.Id == id)
            .Select(message => new { message.CapXml, message.Sent })
            .FirstOrDefaultAsync(cancellationToken);
        return message is null
            ? Unknown(id)
            : TypedResults.Bytes(Encoding.UTF8.GetBytes(message.CapXml), CapWriter.MediaType, entityTag: new EntityTagHeaderValue($"\"{id}\""), lastModified: message.Sent);
    }

    private static async Task<ContentHttpResult> GetFeed(ActiveAlerts active, HttpContext http, CancellationToken cancellationToken)
    {
        var rows = await active.ReadAsync(after: null, Paging.MaximumLimit, status: null, among: null, cancellationToken);
        var self = new Uri($"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{http.Request.Path}");
        return TypedResults.Text(AtomWriter.Write(http.CurrentTown(), self, [.. rows.Select(row => row.ToView(cancelledAt: null))]), "application/atom+xml", Encoding.UTF8);
    }

    internal static ProblemHttpResult Unknown(string id)
        => Problem.NotFound("unknown-alert", "There is no such alert.", $"'{id}' is not an alert of this municipality.");
}
