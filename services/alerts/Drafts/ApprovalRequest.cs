using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drafts;

/// <summary>How an officer approves a draft.</summary>
/// <param name="WithoutSecondPerson">
/// Why the writer approves alone, where no second officer can be reached in time: real alerts only. It stays on record.
/// Null or left out: as a second person.
/// </param>
public sealed record ApprovalRequest(string? WithoutSecondPerson = null)
{
    /// <summary>The refusal, or null when it may be asked for.</summary>
    internal ProblemHttpResult? Refuse() => WithoutSecondPerson is not null && string.IsNullOrWhiteSpace(WithoutSecondPerson)
        ? Problem.Unprocessable("reason-missing", "Approving an alert alone needs a reason.", "Give it as 'withoutSecondPerson': it stays on record. Nothing was published.")
        : FreeText.Refuse(("withoutSecondPerson", WithoutSecondPerson));
}
