using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit.Departures;

/// <summary>Departures of a stop, for everybody.</summary>
internal static class DepartureEndpoints
{
    internal const int UsualLimit = 20;
    private const int MostLimit = 200;
    internal const int UsualWindowSeconds = 24 * 3600;
    private const int MostWindowSeconds = 7 * 24 * 3600;

    public static void MapDepartures(this IEndpointRouteBuilder routes) => routes.MapGet("/stops/{id}/departures", ListDepartures);

    /// <summary>
    /// The next departures of a stop, or of all stops of a station. <c>at</c> is a moment (RFC 3339; without an offset the agency's
    /// time is not guessed), <c>window</c> how many seconds from there.
    /// </summary>
    private static Results<FileContentHttpResult, ProblemHttpResult> ListDepartures(
        string id, HttpContext http, BoardWriter boards, string? at = null, string? window = null, string? limit = null, string? after = null)
    {
        if (!PageLimit.TryParse(limit, UsualLimit, MostLimit, out var take, out var refusal))
        {
            return refusal;
        }

        DateTimeOffset? from = null;
        if (at is not null)
        {
            if (!RequestMoment.TryParse(at, out var moment))
            {
                return Problem.BadRequest("at-malformed", "'at' is not a moment.", "Give date, time and offset, such as at=2026-07-01T08:00:00%2B09:00.");
            }

            from = moment;
        }

        var windowSeconds = UsualWindowSeconds;
        if (window is not null && (!int.TryParse(window, NumberStyles.None, CultureInfo.InvariantCulture, out windowSeconds) || windowSeconds is < 1 or > MostWindowSeconds))
        {
            return Problem.BadRequest("window-out-of-range", "The window is out of range.", $"Give window as a number of seconds from 1 to {MostWindowSeconds}.");
        }

        var skip = 0;
        if (after is not null)
        {
            if (!BoardPage.TryParse(after, out var start, out skip))
            {
                return Problem.BadRequest("after-malformed", "'after' is no key of a page.", "Give what 'next' of the page before said.");
            }

            from = start;
        }

        var query = new BoardQuery(id, from, skip, take, windowSeconds, RequestLanguage.Of(http));
        if (boards.Write(http.CurrentTown().Code, query) is not { } json)
        {
            return StopEndpoints.Unknown(id);
        }

        http.Response.Headers.CacheControl = "public, max-age=5";
        return TypedResults.Bytes(json, "application/json; charset=utf-8");
    }
}
