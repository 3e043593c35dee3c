using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Manifests;

/// <summary>Why a manifest is not taken.</summary>
internal static class ManifestProblems
{
    public static ProblemHttpResult Refused(IReadOnlyList<Notice> notices)
    {
        var errors = notices.Count(notice => notice.Severity == NoticeSeverity.Error);
        var first = notices.First(notice => notice.Severity == NoticeSeverity.Error);
        return Problem.Unprocessable("manifest-refused", "The manifest has faults.",
            string.Create(CultureInfo.InvariantCulture, $"{errors} {(errors == 1 ? "fault" : "faults")}, all of them in notices. Nothing was changed. The first, in line {first.Line}: {first.Message}"),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = notices });
    }

    public static ProblemHttpResult OfAnotherTown(string code, string municipality)
        => Problem.Unprocessable("manifest-of-another-municipality", "The manifest is of another municipality.",
            $"Its code is {code}; the address says {municipality}. Nothing was changed.");

    public static ProblemHttpResult WouldDestroy(Plan plan)
        => Problem.Conflict("would-destroy-data", "This change takes away what holds data.",
            "It would make unreachable: " + string.Join("; ", plan.Losses.Select(Describe)) + ". Nothing was changed. Repeat it with allowDestroy=true (--allow-destroy) if that is meant.");

    public static string Describe(Loss loss)
        => $"{(loss.Count is { } count ? count.ToString("N0", CultureInfo.InvariantCulture) : "an unknown number of")} {loss.What} of {loss.Section}/{loss.Id}";
}
