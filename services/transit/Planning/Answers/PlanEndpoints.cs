using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Planning.Search;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>Journeys, for everybody.</summary>
internal static class PlanEndpoints
{
    private const int RetryAfterSeconds = 2;

    public static void AddPlanning(this IServiceCollection services)
    {
        services.AddSingleton<Planner>();
        services.AddSingleton<PlanDesk>();
    }

    public static void MapPlan(this IEndpointRouteBuilder town) => town.MapGet("/plan", GetPlanAsync);

    /// <summary>
    /// Itineraries from one place to another; each place is the id of a stop or station, or <c>latitude,longitude</c>. Without
    /// <c>windowMinutes</c> only the best from (until) the time; with it, all good ones that leave (arrive) within it.
    /// </summary>
    private static async Task<Results<Ok<PlanAnswer>, ProblemHttpResult>> GetPlanAsync(
        [AsParameters] PlanParameters parameters, HttpContext http, ITownTimetables timetables, PlanDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var municipality = http.CurrentTown().Code;
        var lookup = await timetables.FindAsync(municipality, cancellationToken);
        if (lookup.Town is not { } town)
        {
            return lookup.IsComing ? NotReady(http) : Problem.NotFound("no-feed", "There is no timetable yet.", $"{municipality} has no GTFS feed. Staff hand one in at POST feeds.");
        }

        var language = RequestLanguage.Of(http);
        if (!PlanRequest.TryRead(parameters, time.GetUtcNow(), out var request, out var refusal)
            || !PlanPlace.TryFind(request.From, "from", town, language, out var from, out refusal)
            || !PlanPlace.TryFind(request.To, "to", town, language, out var to, out refusal))
        {
            return refusal;
        }

        // Where somebody is and goes belongs into no cache.
        http.Response.Headers.CacheControl = "no-store";
        var date = new DayClock(request.At, town.TimeZone).Date;
        var timetable = town.Live.Timetable;
        return timetable.DayOf(date) >= 0
            ? TypedResults.Ok(desk.Answer(town, request, from, to, language))
            : Problem.Unprocessable("outside-feed-period", "The timetable does not cover this date.",
                $"Feed version {town.FeedVersion} is from {timetable.FirstDay:yyyy-MM-dd} to {timetable.DateOf(timetable.DayCount - 1):yyyy-MM-dd}, {date:yyyy-MM-dd} was asked for. Ask for a date within it, or hand in a newer feed.");
    }

    private static ProblemHttpResult NotReady(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "timetable-not-ready", "The timetable is being made ready.",
            string.Create(CultureInfo.InvariantCulture, $"The feed is live, and journeys on it can be searched in a moment. Ask again in {RetryAfterSeconds} seconds."));
    }
}
