using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>Why a report was not taken.</summary>
internal static class SafetyProblems
{
    public static ProblemHttpResult Closed => Problem.Conflict("safety-check-closed", "This municipality is not asking now.",
        "No alert is in force and no check is open. Nothing was saved. In danger of life call 119.");

    /// <summary>Draft-ietf-httpapi-idempotency-key-header, section 2.7: 400.</summary>
    public static ProblemHttpResult KeyMissing => Problem.BadRequest("idempotency-key-missing", "A report needs a key of its own.",
        "Send the header Idempotency-Key with 16 to 128 random letters, digits or dashes, such as a UUID: the same each time this report is sent. Nothing was saved.");

    /// <summary>The same section: 422.</summary>
    public static ProblemHttpResult KeyReused => Problem.Unprocessable("idempotency-key-reused", "This key belongs to another report.",
        "Another report came with this Idempotency-Key, and it stays as it is. To change it, use its code; for a new one, make a new key. Nothing was saved.");

    /// <summary>The same whether the code never was, is mistyped, or its report is deleted.</summary>
    public static ProblemHttpResult UnknownCode => Problem.NotFound("safety-code-unknown", "No report has this code.",
        "It may be mistyped, or its report is deleted. Nothing was changed. You can report anew.");
}
