using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Devices;

/// <summary>Why devices are not registered.</summary>
internal static class DeviceProblems
{
    public static ProblemHttpResult Refused(IReadOnlyList<Notice> notices)
    {
        var errors = notices.Where(notice => notice.Severity == NoticeSeverity.Error).ToList();
        var first = errors.Count > 0 ? errors[0] : notices[0];
        var where = first.Line is { } line ? $", in line {line}" : "";
        return Problem.Unprocessable("devices-refused", "Devices are not as they must be.",
            $"{errors.Count} {(errors.Count == 1 ? "fault" : "faults")}, all of them in notices. Nothing was registered. The first{where}: {first.Message}",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = notices });
    }

    public static ProblemHttpResult Taken(string id)
        => Problem.Conflict("device-exists", "A device of this id is registered already.",
            $"'{id}' is registered as something else. Nothing was changed. Give another id, or change the device in the manifest, which a second person approves.");

    public static ProblemHttpResult NoText(string what)
        => Problem.Unprocessable("not-readable", $"The {what} can't be read.", "It is neither UTF-8 nor Shift_JIS text. Nothing was registered; save it as CSV (UTF-8) and send it again.");
}
