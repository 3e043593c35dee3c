using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>Why a decision was not taken.</summary>
/// <param name="Key">Of the language files.</param>
/// <param name="Detail">In the registry's words, where the language files have none of their own.</param>
public sealed record Refusal(string Key, string? Detail, HttpStatusCode Status)
{
    private static readonly string[] Known =
        ["second-person-needed", "officer-needed", "operator-needed", "other-plan", "plan-outdated", "change-already-decided"];

    internal static Refusal Of(DeskAnswer<ChangeView> answer)
        => answer.Code is null ? new Refusal("staff.refused.unreachable", null, HttpStatusCode.ServiceUnavailable)
            : Known.Contains(answer.Code, StringComparer.Ordinal) ? new Refusal("staff.refused." + answer.Code, null, answer.Status)
            : new Refusal("staff.refused.other", answer.Detail, answer.Status);
}
