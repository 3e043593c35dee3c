using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Telemetry.Commands;

/// <summary>Why something is not done with a command.</summary>
internal static class CommandProblems
{
    public static ProblemHttpResult UnknownCommand(string device, string commandId)
        => Problem.NotFound("unknown-command", "There is no such command.", $"'{commandId}' is not a command of '{device}'.");

    public static ProblemHttpResult AlreadyDecided(CommandRow row)
        => Problem.Conflict("command-already-decided", "This command waits for nobody.",
            $"It is {row.Status}{(row.DecidedAt is { } at ? $", decided at {JapanTime.From(at):yyyy-MM-ddTHH:mm:sszzz} by {row.DecidedBy}" : "")}. Nothing was changed.");

    public static ProblemHttpResult ApprovalExpired(CommandRow row)
        => Problem.Conflict("approval-expired", "The time to decide about this command is up.",
            $"It could be approved until {JapanTime.From(row.ApproveUntil!.Value):yyyy-MM-ddTHH:mm:sszzz}. Nothing was sent; ask for it anew.");

    public static ProblemHttpResult SparkplugOnly(string device)
        => Problem.Conflict("sparkplug-device", "This device takes no commands of the platform.",
            $"'{device}' is a Sparkplug edge node, which listens to Sparkplug's own commands only. Nothing was sent.");

    public static ProblemHttpResult ServiceNotAllowed(string service)
        => Problem.Of(StatusCodes.Status403Forbidden, "service-not-allowed", "This service asks for no commands.",
            $"Only '{Contracts.AppIds.Alerts}' does, not '{service}'. Nothing was sent.");

    public static ProblemHttpResult TooLate(DateTimeOffset validUntil)
        => Problem.Unprocessable("command-too-late", "The time of this command is up.",
            $"It was good until {JapanTime.From(validUntil):yyyy-MM-ddTHH:mm:sszzz}. Nothing was sent.");

    public static ProblemHttpResult BadKey(int most)
        => Problem.BadRequest("idempotency-key-malformed", "The Idempotency-Key is malformed.", $"Give 1 to {most} visible ASCII characters, such as a UUID. Nothing was sent.");
}
