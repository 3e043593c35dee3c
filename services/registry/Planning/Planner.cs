using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Registry.Planning;

/// <summary>Makes the plan of a change: steps, warnings, what would be lost, and who must approve.</summary>
public sealed class Planner(Holdings holdings, TargetReview targets)
{
    /// <param name="before">Null for a new municipality.</param>
    /// <param name="after">Null for one that goes.</param>
    public async Task<Plan> MakeAsync(Town? before, Town? after, IReadOnlyList<Notice> warnings, CancellationToken cancellationToken)
    {
        var steps = Differ.Compare(before, after);
        var found = after is null ? new TargetFindings("A municipality goes with everything it has.", []) : await targets.ReviewAsync(before, after, cancellationToken);
        return new Plan
        {
            Municipality = (after ?? before)!.Code,
            IsNew = before is null,
            Steps = steps,
            Counts = new PlanCounts(steps.Count(step => step.Operation == "+"), steps.Count(step => step.Operation == "~"), steps.Count(step => step.Operation == "-")),
            Warnings = warnings,
            Losses = before is null ? [] : await holdings.LossesOfAsync(before, steps, cancellationToken),
            OperatorNeeded = found.OperatorNeeded,
            PrivateTargets = found.Targets,
            Digest = DigestOf(before, after),
        };
    }

    /// <summary>Of the two states, not of the steps as shown: those cut long values short.</summary>
    public static string DigestOf(Town? before, Town? after)
        => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { before, after }, CityJson.Options)))[..32];
}
