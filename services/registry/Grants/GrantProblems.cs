using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Grants;

/// <summary>Why nothing was done with a grant.</summary>
internal static class GrantProblems
{
    public static ProblemHttpResult Unknown()
        => Problem.NotFound("unknown-grant", "There is no such grant.", "This municipality has no grant with this id that is yours to confirm or to end. Nothing was changed.");

    public static ProblemHttpResult SecondPersonNeeded()
        => Problem.Of(StatusCodes.Status403Forbidden, "second-person-needed", "Somebody else must confirm this.",
            "You wrote this grant down, or it is for you. Nothing was changed; the resident can confirm it, or another member of staff who has seen the resident's document.");

    public static ProblemHttpResult Over(GrantState state)
        => Problem.Conflict("grant-over", "This grant is over.",
            $"It is {(state == GrantState.Expired ? "expired" : "ended")}. Nothing was changed; the resident can give a new one, also at the counter.");
}
