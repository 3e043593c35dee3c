using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Alarms;

/// <summary>Alarms: officers of the town only.</summary>
internal static class AlarmEndpoints
{
    public static void MapAlarms(this IEndpointRouteBuilder routes)
    {
        var alarms = routes.MapGroup("/alarms").RequireAuthorization(CityPolicies.Officer);
        alarms.MapGet("/", ListAlarms).RecordAcrossTowns<AlertDbContext>("alarm.read", ExchangePurposes.Emergency);
        alarms.MapGet("/{id}", GetAlarm).RecordAcrossTowns<AlertDbContext>("alarm.read", ExchangePurposes.Emergency);
        alarms.MapPost("/{id}/acknowledge", AcknowledgeAlarm).RecordAcrossTowns<AlertDbContext>("alarm.acknowledge", ExchangePurposes.Emergency);
    }

    /// <summary>Active ones first, then those that are over, each newest first; <c>?state=</c> narrows it to Raised, Acknowledged or Cleared.</summary>
    private static async Task<Results<Ok<Page<AlarmView>>, ProblemHttpResult>> ListAlarms(
        AlertDbContext database, CancellationToken cancellationToken, string? state = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        IQueryable<Alarm> rows = database.Set<Alarm>().AsNoTracking();
        if (!NameFilter.TryRead<AlarmState>(state, "state", "This state of alarms is not known.", out var wanted, out refusal))
        {
            return refusal;
        }

        if (wanted is not null)
        {
            rows = rows.Where(row => row.State == wanted);
        }

        var page = await PageAsync(rows, Position.Of(after), take, cancellationToken);
        return TypedResults.Ok(new Page<AlarmView>([.. page.Take(take).Select(row => AlarmView.Of(row))], page.Count > take ? Position.After(page[take - 1]) : null));
    }

    private static async Task<Results<Ok<AlarmView>, ProblemHttpResult>> GetAlarm(string id, AlarmDesk desk, CancellationToken cancellationToken)
        => await desk.FindAsync(id, cancellationToken) is { } alarm ? TypedResults.Ok(alarm) : Unknown(id);

    /// <summary>Repeating it changes nothing: the first officer and the first note stay.</summary>
    private static async Task<Results<Ok<AlarmView>, ProblemHttpResult>> AcknowledgeAlarm(
        string id, AlarmDesk desk, HttpContext http, CancellationToken cancellationToken, AcknowledgeRequest? request = null)
        => FreeText.Refuse(("note", request?.Note)) is { } refusal
            ? refusal
            : await desk.AcknowledgeAsync(http.CurrentTown(), id, request?.Note, http.Subject(), cancellationToken);

    internal static ProblemHttpResult Unknown(string id)
        => Problem.NotFound("unknown-alarm", "There is no such alarm.", $"'{id}' is not an alarm of this municipality. Alarms that are over are kept for a time only.");

    /// <returns>One more than the page where there are more.</returns>
    private static async Task<List<Alarm>> PageAsync(IQueryable<Alarm> rows, Position from, int take, CancellationToken cancellationToken)
    {
        List<Alarm> page = from.IsAmongActive
            ? await rows.Where(row => row.State != AlarmState.Cleared && row.Number < from.Before).OrderByDescending(row => row.Number).Take(take + 1).ToListAsync(cancellationToken)
            : [];
        var before = from.IsAmongActive ? long.MaxValue : from.Before;
        return page.Count > take ? page
            : [.. page, .. await rows.Where(row => row.State == AlarmState.Cleared && row.Number < before).OrderByDescending(row => row.Number).Take(take + 1 - page.Count).ToListAsync(cancellationToken)];
    }

    /// <summary>Where a page begins. It stays right when an alarm is over meanwhile: such a one is told again, and none is left out.</summary>
    private readonly record struct Position(bool IsAmongActive, long Before)
    {
        private const string Active = "active-";
        private const string Over = "over-";

        public static string After(Alarm last) => (last.State == AlarmState.Cleared ? Over : Active) + last.Number.ToString(CultureInfo.InvariantCulture);

        /// <summary>Whoever makes up a key begins at the start.</summary>
        public static Position Of(string? after)
        {
            var isOver = after?.StartsWith(Over, StringComparison.Ordinal) == true;
            var digits = isOver ? after![Over.Length..] : after?.StartsWith(Active, StringComparison.Ordinal) == true ? after[Active.Length..] : "";
            return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(!isOver, number) : new(true, long.MaxValue);
        }
    }
}

/// <summary>What an officer says about an alarm that they have seen.</summary>
public sealed record AcknowledgeRequest(string? Note);
