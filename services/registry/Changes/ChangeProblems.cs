using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Data;
using SmartCity.Registry.Manifests;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Changes;

/// <summary>Why a decision is not taken.</summary>
internal static class ChangeProblems
{
    public static ProblemHttpResult Unknown(long id)
        => Problem.NotFound("unknown-change", "There is no such change request.", $"{id} is no change request of a municipality of yours.");

    public static ProblemHttpResult Decided(ChangeRequest change)
        => Problem.Conflict("change-already-decided", "This change is decided already.",
            $"It is {change.Status} since {JapanTime.From(change.DecidedAt!.Value):yyyy-MM-dd HH:mm:ss}, by {change.DecidedBy}. Nothing was changed.");

    public static ProblemHttpResult SecondPersonNeeded()
        => Forbidden("second-person-needed", "A second person must approve this.",
            "You proposed this change yourself. Nothing was changed; ask an officer of the municipality, or an operator, to approve it.");

    public static ProblemHttpResult OfficerNeeded()
        => Forbidden("officer-needed", "An officer must decide this.", "Clerks propose changes; officers of the municipality and operators decide them. Nothing was changed.");

    public static ProblemHttpResult OperatorNeeded(string why)
        => Forbidden("operator-needed", "An operator must approve this.", why + " Nothing was changed; ask an operator to approve it.");

    public static ProblemHttpResult OtherPlan(string digest)
        => Problem.Conflict("other-plan", "This is not the plan that you saw.", $"The plan of this change has the digest {digest}. Nothing was changed; look at it again.");

    public static ProblemHttpResult Outdated(long id)
        => Problem.Conflict("plan-outdated", "The municipality has changed since this was planned.",
            $"Approving change {id} would do something else than its plan says. Nothing was changed; reject it, and plan the manifest anew.");

    public static ProblemHttpResult WouldDestroyByNow(long id, IReadOnlyList<Loss> losses)
        => Problem.Of(StatusCodes.Status409Conflict, "would-destroy-data", "By now this change takes away what holds data.",
            $"Since change {id} was filed there is more to lose than its plan says: it would make unreachable {string.Join("; ", losses.Select(ManifestProblems.Describe))}. "
            + "Nothing was changed. Reject it, and file it anew with allowDestroy=true (--allow-destroy) if that is meant.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["losses"] = losses });

    private static ProblemHttpResult Forbidden(string code, string title, string detail) => Problem.Of(StatusCodes.Status403Forbidden, code, title, detail);
}
