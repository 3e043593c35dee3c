using Microsoft.EntityFrameworkCore;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>Takes the receipts of devices. Whatever comes twice, or too late, changes nothing.</summary>
internal sealed class CommandResults(TelemetryDb database, CommandMetrics metrics, TimeProvider clock, ILogger<CommandResults> log)
{
    /// <returns>Why the result is of nothing, or null.</returns>
    public async Task<Fault?> TakeAsync(DeviceAnswer answer, CommandResult result, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var row = await database.Commands.FirstOrDefaultAsync(one => one.CommandId == result.CommandId && one.Device == answer.Device, cancellationToken);
        if (row is null || row.Status is CommandStatus.PendingApproval or CommandStatus.Rejected)
        {
            return new Fault("command-result-of-nothing", "The device gave a result for a command that it was not sent; the \"id\" must be that of the command.");
        }

        var now = clock.GetUtcNow();
        if (!row.IsFinished() && row.OpenUntil <= now)
        {
            // The sweep has not come by yet, and the time is up all the same.
            database.Expire(row, now);
            metrics.Ended(row.Status);
        }

        if (!row.IsFinished())
        {
            database.TakeResult(row, result.IsDone, result.Message, now);
            metrics.Ended(row.Status);
            log.CommandEnded(row.Municipality, row.Device, row.Name, row.CommandId, row.Status);
        }
        else if (row.Status != (result.IsDone ? CommandStatus.Acknowledged : CommandStatus.Failed)
            && !await database.CommandEvents.AnyAsync(one => one.CommandId == row.CommandId && one.What == CommandStep.LateResult, cancellationToken))
        {
            // One line of it is enough, however often the device says so.
            database.NoteLateResult(row, result.IsDone, result.Message, now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}
