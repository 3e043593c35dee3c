using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Telemetry.Commands;

/// <summary>Which commands the manifest gives a device, and whether a request is one of them.</summary>
internal static class CommandCatalog
{
    public const int ShortestSeconds = 5;
    public const int LongestSeconds = 86_400;
    private const int LongestName = 64;

    public static IReadOnlyList<DeviceCommand> Of(Town town, Device device)
        => town.DeviceKinds.FirstOrDefault(kind => kind.Kind == device.Kind)?.Commands ?? [];

    /// <summary>The refusal, or null with the command that is meant.</summary>
    public static ProblemHttpResult? Refuse(Town town, Device device, CommandRequest request, bool isOfficer, out DeviceCommand command)
    {
        var available = Of(town, device);
        command = available.FirstOrDefault(one => one.Name == request.Name)!;
        if (command is null)
        {
            return Unknown(device, request.Name, available);
        }

        if (command.Role == CommandRole.Officer && !isOfficer)
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "officer-needed", "Only an officer may send this command.",
                $"'{command.Name}' is for officers of the town. Nothing was sent; ask an officer to send it.");
        }

        if (request.ExpiresInSeconds is < ShortestSeconds or > LongestSeconds)
        {
            return Problem.Unprocessable("expiry-out-of-range", "The expiry is out of range.",
                $"Give expiresInSeconds from {ShortestSeconds} to {LongestSeconds}, or leave it out for {command.ExpiresInSeconds}. Nothing was sent.");
        }

        return ArgumentRules.Refuse(command, request);
    }

    private static ProblemHttpResult Unknown(Device device, string name, IReadOnlyList<DeviceCommand> available)
    {
        var shown = name.Length <= LongestName ? name : name[..LongestName] + "…";
        return Problem.Unprocessable("command-unknown", "This device has no such command.",
            $"'{shown}' is no command of devices of the kind '{device.Kind}'; "
            + (available.Count == 0 ? "the manifest gives them none (deviceKinds, commands)." : $"there is {string.Join(", ", available.Select(one => one.Name))}.") + " Nothing was sent.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["available"] = available });
    }
}
