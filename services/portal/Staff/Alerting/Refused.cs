using System.Net;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>Why something was not done.</summary>
/// <param name="Key">Of the language files.</param>
/// <param name="Detail">In the service's words, where the language files have none of their own.</param>
/// <param name="Status">Of the page.</param>
public sealed record Refused(string Key, string? Detail, int Status)
{
    private static readonly string[] Known =
    [
        "second-person-needed", "draft-already-decided", "alert-has-changed", "alert-not-in-force", "alert-of-another-authority", "reason-missing", "my-number-refused", "text-too-long", "text-not-readable",
        "area-not-usable", "expiry-out-of-range", "nothing-to-change", "no-test-recipients", "unknown-subscription", "recipients-missing", "bulletin-not-waiting", "bulletin-over",
    ];

    internal static Refused Of<T>(DeskAnswer<T> answer)
        where T : class
        => answer.Code is null ? new Refused("desk.refused.unreachable", null, StatusCodes.Status503ServiceUnavailable)
            : Known.Contains(answer.Code, StringComparer.Ordinal) ? new Refused("desk.refused." + answer.Code, answer.Code == "area-not-usable" ? answer.Detail : null, (int)answer.Status)
            : new Refused("desk.refused.other", answer.Detail, (int)answer.Status);

    /// <summary>Whether a page of its own says why, since the person may not be here at all.</summary>
    internal static bool IsOfDoor<T>(DeskAnswer<T> answer)
        where T : class
        => answer.Status is HttpStatusCode.Unauthorized || (answer.Status is HttpStatusCode.Forbidden && answer.Code != "second-person-needed");
}
