using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Decoding.Sparkplug;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>Commands: staff of the town only. Which of them may send what stands in the manifest; officers approve.</summary>
internal static class CommandEndpoints
{
    private const int MaximumBytes = 16 * 1024;
    private const int LongestKey = 128;

    public static void MapCommands(this IEndpointRouteBuilder town)
    {
        var staff = town.MapGroup("").RequireAuthorization(CityPolicies.Staff).WithTags("Commands").WithMetadata(new RequestSizeLimitAttribute(MaximumBytes));
        staff.MapGet("/commands", ListOfTown);
        var commands = staff.MapGroup("/devices/{id}/commands");
        commands.MapGet("/", ListOfDevice);
        commands.MapPost("/", SendCommand);
        commands.MapGet("/{commandId}", GetCommand);
        commands.MapPost("/{commandId}/approve", ApproveCommand).RequireAuthorization(CityPolicies.Officer);
        commands.MapPost("/{commandId}/reject", RejectCommand).RequireAuthorization(CityPolicies.Officer);
    }

    /// <summary>Of all devices, newest first; <c>?status=PendingApproval</c> for those that wait.</summary>
    private static Task<Results<Ok<Page<CommandView>>, ProblemHttpResult>> ListOfTown(
        TelemetryDb database, CancellationToken cancellationToken, string? status = null, string? after = null, string? limit = null)
        => ListAsync(database.Commands, status, after, limit, cancellationToken);

    /// <summary>Newest first.</summary>
    private static async Task<Results<Ok<Page<CommandView>>, ProblemHttpResult>> ListOfDevice(
        string id, HttpContext http, ITownDirectory towns, TelemetryDb database, CancellationToken cancellationToken, string? status = null, string? after = null, string? limit = null)
    {
        var town = http.CurrentTown();
        return towns.TryGetDevice(town.Code, id, out _)
            ? await ListAsync(database.Commands.Where(row => row.Device == id), status, after, limit, cancellationToken)
            : DeviceHandlers.UnknownDevice(town, id);
    }

    private static async Task<Results<Ok<CommandView>, ProblemHttpResult>> GetCommand(string id, string commandId, TelemetryDb database, CancellationToken cancellationToken)
    {
        if (await database.Commands.AsNoTracking().FirstOrDefaultAsync(one => one.CommandId == commandId && one.Device == id, cancellationToken) is not { } row)
        {
            return CommandProblems.UnknownCommand(id, commandId);
        }

        var events = await database.CommandEvents.AsNoTracking().Where(one => one.CommandId == commandId).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(CommandView.Of(row, events));
    }

    /// <summary>202 when it is stored: it is sent after that, or waits for a second person. <c>Idempotency-Key</c> makes it repeatable.</summary>
    private static async Task<Results<Accepted<CommandView>, ProblemHttpResult>> SendCommand(
        string id, CommandRequest request, CommandDesk desk, ITownDirectory towns, SparkplugSessions sparkplug, HttpContext http, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        if (!towns.TryGetDevice(town.Code, id, out var device))
        {
            return DeviceHandlers.UnknownDevice(town, id);
        }

        if (sparkplug.Has(town.Code, id))
        {
            return CommandProblems.SparkplugOnly(id);
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } given ? given : null;
        if (key is not null && (key.Length > LongestKey || !key.All(character => character is > ' ' and < '\x7f')))
        {
            return CommandProblems.BadKey(LongestKey);
        }

        if (FreeText.Refuse(("Idempotency-Key", key)) is { } badKey)
        {
            return badKey;
        }

        return CommandCatalog.Refuse(town, device, request, http.User.IsInRole(CityRoles.Officer), out var command) is { } refusal
            ? refusal
            : await desk.ProposeAsync(town, device, command, request, http.Subject(), key, cancellationToken);
    }

    private static async Task<Results<Ok<CommandView>, ProblemHttpResult>> ApproveCommand(
        string id, string commandId, CommandDesk desk, ITownDirectory towns, HttpContext http, CancellationToken cancellationToken)
        => towns.TryGetDevice(http.CurrentTown().Code, id, out var device)
            ? await desk.ApproveAsync(http.CurrentTown(), device, commandId, http.Subject(), cancellationToken)
            : DeviceHandlers.UnknownDevice(http.CurrentTown(), id);

    private static async Task<Results<Ok<CommandView>, ProblemHttpResult>> RejectCommand(
        string id, string commandId, CommandDesk desk, ITownDirectory towns, HttpContext http, CancellationToken cancellationToken, CommandDecision? decision = null)
        => !towns.TryGetDevice(http.CurrentTown().Code, id, out var device) ? DeviceHandlers.UnknownDevice(http.CurrentTown(), id)
            : FreeText.Refuse(("reason", decision?.Reason)) is { } refusal ? refusal
            : await desk.RejectAsync(http.CurrentTown(), device, commandId, http.Subject(), decision?.Reason, cancellationToken);

    private static async Task<Results<Ok<Page<CommandView>>, ProblemHttpResult>> ListAsync(
        IQueryable<CommandRow> commands, string? status, string? after, string? limit, CancellationToken cancellationToken)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (!NameFilter.TryRead<CommandStatus>(status, "status", "This status of commands is not known.", out var wanted, out refusal))
        {
            return refusal;
        }

        if (wanted is not null)
        {
            commands = commands.Where(row => row.Status == wanted);
        }

        // Whoever makes up a key begins at the newest.
        var before = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : long.MaxValue;
        var rows = await commands.AsNoTracking().Where(row => row.Id < before).OrderByDescending(row => row.Id).Take(take + 1).ToListAsync(cancellationToken);
        var next = rows.Count > take ? rows[take - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<CommandView>([.. rows.Take(take).Select(row => CommandView.Of(row))], next));
    }
}
