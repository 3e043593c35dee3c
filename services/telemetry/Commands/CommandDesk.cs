using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>What people do with commands. Each act is one transaction; the command goes out after it.</summary>
internal sealed class CommandDesk(TelemetryDb database, DownlinkLanes lanes, IOptions<CommandOptions> options, TimeProvider clock, ILogger<CommandDesk> log)
{
    /// <param name="key">The <c>Idempotency-Key</c>: the same request again is the same command.</param>
    /// <param name="agreed">The second person's agreement, where they gave it to what a service asks for.</param>
    /// <param name="validUntil">Where it is good no longer, however long it would be else.</param>
    public async Task<Results<Accepted<CommandView>, ProblemHttpResult>> ProposeAsync(
        Town town, Device device, DeviceCommand command, CommandRequest request, string subject, string? key, CancellationToken cancellationToken,
        Agreement? agreed = null, DateTimeOffset? validUntil = null)
    {
        var now = clock.GetJapanNow();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (key is not null && await EarlierAsync(device.Id, subject, key, cancellationToken) is { } earlier)
        {
            return earlier.RequestHash == request.Hash()
                ? AcceptedOf(earlier)
                : Problem.Unprocessable("idempotency-key-reused", "This Idempotency-Key was used for something else.",
                    $"With it the command {earlier.CommandId} was sent. Nothing was sent now; use a new key for a new command.",
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["commandId"] = earlier.CommandId });
        }

        var seconds = request.ExpiresInSeconds ?? command.ExpiresInSeconds;
        if (validUntil is { } last)
        {
            seconds = (int)Math.Min(seconds, Math.Floor((last - now).TotalSeconds));
            if (seconds <= 0)
            {
                return CommandProblems.TooLate(last);
            }
        }

        var isOfService = subject.StartsWith(CommandLife.ServicePrefix, StringComparison.Ordinal);
        if (isOfService)
        {
            await WithdrawAsync(device.Id, subject, now, cancellationToken);
        }

        if (await database.Commands.CountAsync(row => row.Device == device.Id && row.OpenUntil != null, cancellationToken) >= options.Value.OpenPerDevice)
        {
            return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-commands", "Too many commands wait for this device.",
                $"{options.Value.OpenPerDevice} of '{device.Id}' are not finished. Nothing was sent; wait until they are, or until they expire.");
        }

        var waits = command.SecondPerson && agreed is null;
        var row = new CommandRow
        {
            Municipality = town.Code,
            CommandId = RandomNumberGenerator.GetHexString(24, lowercase: true),
            Device = device.Id,
            Name = command.Name,
            Arguments = request.ArgumentsJson(),
            Status = waits ? CommandStatus.PendingApproval : CommandStatus.Queued,
            SecondPerson = command.SecondPerson,
            ExpiresInSeconds = seconds,
            CreatedAt = now,
            CreatedBy = subject,
            RequestKey = key,
            RequestHash = key is null ? null : request.Hash(),
            ApproveUntil = waits ? now.AddSeconds(isOfService ? Math.Min(options.Value.ApprovalSeconds, seconds) : options.Value.ApprovalSeconds) : null,
        };
        database.Propose(row, now, agreed);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.CommandProposed(town.Code, device.Id, row.Name, row.CommandId, row.Status);
        lanes.Wake(town.Code);
        return AcceptedOf(row);
    }

    public Task<Results<Ok<CommandView>, ProblemHttpResult>> ApproveAsync(
        Town town, Device device, string commandId, string officer, CancellationToken cancellationToken)
        => DecideAsync(town, device.Id, commandId, (row, now) =>
        {
            if (row.CreatedBy == officer)
            {
                return Problem.Of(StatusCodes.Status403Forbidden, "second-person-needed", "A second officer must approve this.",
                    "You asked for this command yourself. Nothing was sent; ask another officer to approve it.");
            }

            // What the town allows may be something else by now.
            var request = new CommandRequest { Name = row.Name, Arguments = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>(row.Arguments) };
            if (CommandCatalog.Refuse(town, device, request, isOfficer: true, out _) is { } refusal)
            {
                return Problem.Conflict("command-changed", "The town has changed this command since.",
                    $"{refusal.ProblemDetails.Detail} Reject it, and ask for it anew.");
            }

            database.Approve(row, officer, now);
            return null;
        }, cancellationToken);

    /// <summary>Who asked for it may take it back in the same way.</summary>
    public Task<Results<Ok<CommandView>, ProblemHttpResult>> RejectAsync(
        Town town, Device device, string commandId, string officer, string? reason, CancellationToken cancellationToken)
        => DecideAsync(town, device.Id, commandId, (row, now) =>
        {
            database.Reject(row, officer, reason, now);
            return null;
        }, cancellationToken);

    private async Task<Results<Ok<CommandView>, ProblemHttpResult>> DecideAsync(
        Town town, string device, string commandId, Func<CommandRow, DateTimeOffset, ProblemHttpResult?> decide, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var row = await database.Commands.FirstOrDefaultAsync(one => one.CommandId == commandId && one.Device == device, cancellationToken);
        if (row is null)
        {
            return CommandProblems.UnknownCommand(device, commandId);
        }

        var now = clock.GetJapanNow();
        if (row.Status != CommandStatus.PendingApproval)
        {
            return CommandProblems.AlreadyDecided(row);
        }

        ProblemHttpResult? refusal;
        if (row.ApproveUntil <= now)
        {
            database.Expire(row, now);
            refusal = CommandProblems.ApprovalExpired(row);
        }
        else
        {
            refusal = decide(row, now);
        }

        await database.SaveChangesAsync(cancellationToken);
        var events = await database.CommandEvents.AsNoTracking().Where(one => one.CommandId == commandId).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        log.CommandDecided(town.Code, device, row.Name, row.CommandId, row.Status);
        lanes.Wake(town.Code);
        return TypedResults.Ok(CommandView.Of(row, events));
    }

    private async Task WithdrawAsync(string device, string subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await database.Commands
            .Where(row => row.Device == device && row.CreatedBy == subject && row.Status == CommandStatus.PendingApproval).ToListAsync(cancellationToken);
        waiting.ForEach(row => database.Withdraw(row, now));
        await database.SaveChangesAsync(cancellationToken);
    }

    private Task<CommandRow?> EarlierAsync(string device, string subject, string key, CancellationToken cancellationToken)
        => database.Commands.AsNoTracking().FirstOrDefaultAsync(row => row.Device == device && row.CreatedBy == subject && row.RequestKey == key, cancellationToken);

    private static Accepted<CommandView> AcceptedOf(CommandRow row)
        => TypedResults.Accepted($"/api/{row.Municipality}/{Contracts.AppIds.Telemetry}/devices/{row.Device}/commands/{row.CommandId}", CommandView.Of(row));
}
