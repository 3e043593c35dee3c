using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Feeds.Live;

namespace SmartCity.Transit.Stops;

/// <summary>Stops, for everybody.</summary>
internal static class StopEndpoints
{
    private const int MostOfPage = 1000;
    private const double UsualRadiusMetres = 1000;
    private const double MostRadiusMetres = 50_000;

    public static void MapStops(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stops", ListStops);
        routes.MapGet("/stops/{id}", GetStop);
        routes.MapGet("/stops.geojson", GetGeoJson);
    }

    /// <summary>With <c>search</c> those of that name in any spelling; with <c>near=lat,lon</c> those within <c>radiusMetres</c>, the nearest first.</summary>
    private static Results<Ok<Page<StopView>>, ProblemHttpResult> ListStops(
        HttpContext http, LiveTimetables live, string? search = null, string? near = null, string? radiusMetres = null, string? after = null, string? limit = null)
    {
        if (!PageLimit.TryParse(limit, Paging.DefaultLimit, MostOfPage, out var take, out var refusal))
        {
            return refusal;
        }

        var radius = UsualRadiusMetres;
        if (radiusMetres is not null && (!double.TryParse(radiusMetres, NumberStyles.Float, CultureInfo.InvariantCulture, out radius) || radius is not (> 0 and <= MostRadiusMetres)))
        {
            return Problem.BadRequest("radius-out-of-range", "The radius is out of range.", $"Give radiusMetres as a number above 0 and up to {MostRadiusMetres}.");
        }

        GeoPoint? point = null;
        if (near is not null)
        {
            if (!GeoPoint.TryParse(near, out var place))
            {
                return Problem.BadRequest("near-malformed", "'near' is not a place.", "Give latitude and longitude in degrees with a comma between, such as near=36.8205,137.4092.");
            }

            point = place;
        }

        // Where somebody is belongs into no cache.
        http.Response.Headers.CacheControl = near is null ? "public, max-age=30" : "no-store";
        var timetable = live.Of(http.CurrentTown().Code);
        var language = RequestLanguage.Of(http);
        var places = string.IsNullOrWhiteSpace(search) ? StopSearch.All(timetable) : StopSearch.Find(timetable, search);
        var rows = point is { } from
            ? StopSearch.Near(places, from, radius).Select(row => StopWords.ViewOf(timetable, row.Place, language, row.Metres))
            : places.Select(place => StopWords.ViewOf(timetable, place, language));
        var skip = Paging.Offset(after);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Skip(skip).Take(take + 1)], skip, take));
    }

    private static Results<Ok<StopView>, ProblemHttpResult> GetStop(string id, HttpContext http, LiveTimetables live)
    {
        var timetable = live.Of(http.CurrentTown().Code);
        if (timetable.FindStop(id) is not { } place)
        {
            return Unknown(id);
        }

        http.Response.Headers.CacheControl = "public, max-age=30";
        return TypedResults.Ok(StopWords.ViewOf(timetable, place, RequestLanguage.Of(http)) with { Routes = StopRoutes.Of(place) });
    }

    /// <summary>Every stop and station as GeoJSON (RFC 7946), for maps.</summary>
    private static JsonHttpResult<object> GetGeoJson(HttpContext http, LiveTimetables live)
    {
        var timetable = live.Of(http.CurrentTown().Code);
        var language = RequestLanguage.Of(http);
        http.Response.Headers.CacheControl = "public, max-age=30";
        var features = StopSearch.All(timetable).Where(place => place.Stop.HasLocation).Select(place => new
        {
            type = "Feature",
            id = place.PublicId,
            geometry = new { type = "Point", coordinates = new[] { place.Stop.LongitudeDegrees, place.Stop.LatitudeDegrees } },
            properties = StopWords.ViewOf(timetable, place, language),
        });
        return TypedResults.Json<object>(new { type = "FeatureCollection", features }, CityJson.Options, "application/geo+json");
    }

    internal static ProblemHttpResult Unknown(string id)
        => Problem.NotFound("unknown-stop", "There is no such stop.", $"'{id}' is no stop of the feeds that are live here. GET stops lists them.");
}
