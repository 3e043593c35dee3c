using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Models;
using SmartCity.Telemetry.NgsiLd.Queries;

namespace SmartCity.Telemetry.NgsiLd.Temporal;

/// <summary>The temporal query (clause 4.11) of <c>GET temporal/entities/{id}</c> (6.19.3.1).</summary>
/// <param name="From">Included.</param>
/// <param name="To">Excluded.</param>
/// <param name="LastN">The newest so many instances of each attribute; null for all.</param>
/// <param name="Simplified"><c>temporalValues</c>: pairs of value and time (clause 4.5.9).</param>
internal sealed record TemporalQuery(DateTimeOffset From, DateTimeOffset To, IReadOnlyCollection<string> Attributes, int? LastN, bool Simplified)
{
    private static readonly string[] Known = ["timerel", "timeAt", "endTimeAt", "timeproperty", "attrs", "lastN", "options", "format", "local", "type"];
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    public static bool TryParse(IQueryCollection query, DateTimeOffset now, [NotNullWhen(true)] out TemporalQuery? requested, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        requested = null;
        refusal = RequestedQuery.UnknownIn(query, Known);
        var timerel = query["timerel"].ToString();
        var (at, end, lastN) = (default(DateTimeOffset), default(DateTimeOffset), 0);
        var options = $"{query["options"]},{query["format"]}".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (refusal is not null)
        {
            return false;
        }

        if (timerel is not ("" or "before" or "after" or "between"))
        {
            refusal = NgsiProblem.BadRequest("timerel is before, after or between.");
        }
        else if (timerel.Length == 0 != !query.ContainsKey("timeAt") || (timerel.Length > 0 && !NgsiTime.TryParse(query["timeAt"], out at)))
        {
            refusal = NgsiProblem.BadRequest("timerel goes with timeAt, a time such as 2026-07-01T03:00:00Z.");
        }
        else if (timerel == "between" != query.ContainsKey("endTimeAt") || (timerel == "between" && (!NgsiTime.TryParse(query["endTimeAt"], out end) || end <= at)))
        {
            refusal = NgsiProblem.BadRequest("between goes with endTimeAt, a time after timeAt.");
        }
        else if (query.ContainsKey("lastN") && (!RequestedQuery.TryNumber(query["lastN"], out lastN) || lastN is < 1 or > TemporalHandlers.MostInstances))
        {
            refusal = NgsiProblem.BadRequest($"lastN is a whole number from 1 to {TemporalHandlers.MostInstances}.");
        }
        else if (query["timeproperty"].ToString() is not ("" or "observedAt"))
        {
            refusal = NgsiProblem.NotSupported("History is kept by observedAt.");
        }
        else if (Array.Find(options, option => option is not ("temporalValues" or "simplified" or "normalized" or "sysAttrs")) is { } strange)
        {
            refusal = strange is "aggregatedValues" or "concise" or "audit"
                ? NgsiProblem.NotSupported($"The option {strange} is not supported here.")
                : NgsiProblem.BadRequest($"'{strange}' is no option here: use temporalValues or normalized.");
        }

        if (refusal is not null)
        {
            return false;
        }

        // Before and after leave the time itself out, between takes its beginning (clause 4.11).
        var (from, to) = timerel switch
        {
            "before" => (Earliest, at),
            "after" => (at < now.AddDays(1) ? at.AddMicroseconds(1) : now.AddDays(1), now.AddDays(1)),
            "between" => (at, end),
            _ => (Earliest, now.AddDays(1)),
        };
        var attributes = query["attrs"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Terms.Compact);
        requested = new TemporalQuery(from, to, [.. attributes], query.ContainsKey("lastN") ? lastN : null, options.Any(option => option is "temporalValues" or "simplified"));
        return true;
    }
}
