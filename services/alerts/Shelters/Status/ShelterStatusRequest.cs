using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Shelters.Status;

/// <summary>What staff say of a shelter now.</summary>
/// <param name="Status"><c>open</c>, <c>full</c> or <c>closed</c>.</param>
public sealed record ShelterStatusRequest(string Status)
{
    private const int MostPeople = 100_000;

    /// <summary>Head count; left out where nobody counted, and then no number is shown.</summary>
    public int? PeopleNow { get; init; }

    /// <summary><c>statusAsOf</c> of what the person saw, where <c>If-Match</c> cannot be sent.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The refusal, or null when it may be stored.</summary>
    internal ProblemHttpResult? Refuse()
    {
        if (!ShelterStatus.Settable.Contains(Status, StringComparer.Ordinal))
        {
            return Problem.Unprocessable("shelter-status-unknown", "This shelter status is not known.",
                $"Give one of {string.Join(", ", ShelterStatus.Settable)}. Nothing was changed.");
        }

        return PeopleNow is null or (>= 0 and <= MostPeople) ? null
            : Problem.Unprocessable("people-out-of-range", "This is no number of people in a shelter.", $"Give 0 to {MostPeople}, or none. Nothing was changed.");
    }
}
