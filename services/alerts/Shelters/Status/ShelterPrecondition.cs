using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Shelters.Status;

/// <summary>
/// Keeps two phones from overwriting each other unseen: what somebody else said is changed only by whoever has seen it
/// (RFC 9110 section 13.1.1, RFC 6585 section 3).
/// </summary>
internal static class ShelterPrecondition
{
    /// <summary>The refusal that says what stands there now, or null when the status may be set.</summary>
    /// <param name="shelter">As it is.</param>
    /// <param name="ifMatch">Header <c>If-Match</c>, or empty; <c>*</c> overwrites knowingly.</param>
    /// <param name="asOf">Time of the status that the person saw.</param>
    /// <param name="person">Token subject.</param>
    public static ProblemHttpResult? Refuse(Shelter shelter, string ifMatch, DateTimeOffset? asOf, string person)
    {
        if (ifMatch.Length > 0)
        {
            return ifMatch == "*" || ifMatch.Split(',', StringSplitOptions.TrimEntries).Contains(shelter.ETag, StringComparer.Ordinal)
                ? null
                : Changed(StatusCodes.Status412PreconditionFailed, shelter);
        }

        if (asOf is { } seen)
        {
            return shelter.StatusAsOf == seen ? null : Changed(StatusCodes.Status409Conflict, shelter);
        }

        return shelter.StatusBy is null || shelter.StatusBy == person ? null
            : Problem.Of(StatusCodes.Status428PreconditionRequired, "shelter-status-unseen", "Somebody else set this shelter's status.",
                $"{Now(shelter)} Nothing was changed. Send If-Match with the version that you have seen, or asOf.", Current(shelter));
    }

    private static ProblemHttpResult Changed(int status, Shelter shelter)
        => Problem.Of(status, "shelter-changed-meanwhile", "The shelter's status was changed meanwhile.",
            $"{Now(shelter)} Nothing of yours was saved. Look at it, and set the status again if it is still wrong.", Current(shelter));

    private static string Now(Shelter shelter)
        => $"It is '{shelter.Status}'{(shelter.PeopleNow is { } people ? $" with {people} people" : "")}"
            + (shelter.StatusBy is { } person ? $", set by {person} at {shelter.StatusAsOf:yyyy-MM-dd HH:mm:ss}." : ".");

    private static Dictionary<string, object?> Current(Shelter shelter) => new(StringComparer.Ordinal)
    {
        ["current"] = new { shelter.Version, shelter.Status, shelter.PeopleNow, shelter.StatusAsOf, shelter.StatusBy },
    };
}
