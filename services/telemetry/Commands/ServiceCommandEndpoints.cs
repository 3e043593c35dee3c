using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Decoding.Sparkplug;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>
/// Commands of the platform's own services, which come through their sidecars: no route of the gateway leads here. The same rules as for
/// people hold: what the manifest has, and a second person where it wants one.
/// </summary>
internal static partial class ServiceCommandEndpoints
{
    private const int LongestKey = 128;

    public static void MapServiceCommands(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/internal/commands/{municipality}/{device}", SendServiceCommand).ExcludeFromDescription()
            .WithoutMyNumberCheck("Alerts are named by town and time, digits that may happen to pass the check: names of messages are none. The handler looks at the texts.");
        routes.MapGet("/internal/commands/{municipality}/{device}/{commandId}", GetServiceCommand).ExcludeFromDescription();
    }

    private static async Task<Results<Accepted<ServiceCommandView>, ProblemHttpResult>> SendServiceCommand(
        string municipality, string device, ServiceCommand asked, ITownDirectory towns, SparkplugSessions sparkplug, HttpContext http, CancellationToken cancellationToken)
    {
        // Whoever else wants it gets it by a change here, seen by two people.
        if (asked.Service != AppIds.Alerts)
        {
            return CommandProblems.ServiceNotAllowed(asked.Service);
        }

        if (Refuse(towns, municipality, device, out var town, out var known) is { } unknown)
        {
            return unknown;
        }

        if (sparkplug.Has(municipality, device))
        {
            return CommandProblems.SparkplugOnly(device);
        }

        if (asked.Key.Length is 0 or > LongestKey || !asked.Key.All(character => character is > ' ' and < '\x7f'))
        {
            return CommandProblems.BadKey(LongestKey);
        }

        var texts = (asked.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal)).Select(argument => ("arguments." + argument.Key, (string?)argument.Value.ToString()));
        if (FreeText.Refuse([("reason", AlertName().Replace(asked.Reason, "")), ("approvedBy", asked.ApprovedBy), .. texts]) is { } badText)
        {
            return badText;
        }

        var request = new CommandRequest { Name = asked.Name, Arguments = asked.Arguments, ExpiresInSeconds = asked.ExpiresInSeconds };
        if (CommandCatalog.Refuse(town, known, request, isOfficer: true, out var command) is { } refusal)
        {
            return refusal;
        }

        http.RequestServices.GetRequiredService<TownScope>().Municipality = municipality;
        var agreed = asked.ApprovedBy is { } officer ? new Agreement(officer, asked.Reason) : null;
        var result = await http.RequestServices.GetRequiredService<CommandDesk>()
            .ProposeAsync(town, known, command, request, CommandLife.ServicePrefix + asked.Service, asked.Key, cancellationToken, agreed, asked.ValidUntil);
        return result.Result switch
        {
            Accepted<CommandView> { Value: { } view } => TypedResults.Accepted((string?)null, new ServiceCommandView(view.Id, view.Status.ToString(), view.Message)),
            ProblemHttpResult problem => problem,
            _ => throw new InvalidOperationException("A proposal is taken or refused."),
        };
    }

    private static async Task<Results<Ok<ServiceCommandView>, ProblemHttpResult>> GetServiceCommand(
        string municipality, string device, string commandId, ITownDirectory towns, HttpContext http, CancellationToken cancellationToken)
    {
        if (Refuse(towns, municipality, device, out _, out _) is { } unknown)
        {
            return unknown;
        }

        http.RequestServices.GetRequiredService<TownScope>().Municipality = municipality;
        var row = await http.RequestServices.GetRequiredService<TelemetryDb>().Commands.AsNoTracking()
            .FirstOrDefaultAsync(one => one.CommandId == commandId && one.Device == device, cancellationToken);
        return row is null
            ? CommandProblems.UnknownCommand(device, commandId)
            : TypedResults.Ok(new ServiceCommandView(row.CommandId, row.Status.ToString(), row.Message, WhyExpired(row)));
    }

    private static string? WhyExpired(CommandRow row) => row.Status != CommandStatus.Expired ? null
        : row.ExpiresAt is null ? "not-approved"
        : row.SentAt is null ? "device-away" : "device-silent";

    [GeneratedRegex(@"\b[0-9]{6}-[0-9]{8}T[0-9]{6}-[a-z0-9]{8}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlertName();

    private static ProblemHttpResult? Refuse(ITownDirectory towns, string municipality, string deviceId, out Town town, out Device device)
    {
        device = null!;
        return !towns.TryGet(municipality, out town!)
            ? Problem.NotFound("unknown-municipality", "There is no such municipality.", $"'{municipality}' is not onboarded here. Nothing was sent.")
            : towns.TryGetDevice(municipality, deviceId, out device!) ? null : DeviceHandlers.UnknownDevice(town, deviceId);
    }
}

/// <summary>An officer's agreement that was given before the command was asked for.</summary>
/// <param name="Officer">Token subject.</param>
/// <param name="Reason">To what they agreed.</param>
internal sealed record Agreement(string Officer, string Reason);
