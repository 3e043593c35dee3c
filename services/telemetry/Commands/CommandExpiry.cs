using Microsoft.EntityFrameworkCore;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>Ends the commands of one database whose time is up.</summary>
internal sealed class CommandExpiry(TelemetryDb database, CommandMetrics metrics, TimeProvider clock, ILogger<CommandExpiry> log)
{
    private const int MostAtOnce = 100;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> ExpireAsync(CancellationToken cancellationToken)
    {
        // Looking costs no lock: most of the time there is nothing.
        var now = clock.GetUtcNow();
        if (!await database.Commands.IgnoreQueryFilters().AnyAsync(row => row.OpenUntil != null && row.OpenUntil <= now, cancellationToken))
        {
            return false;
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var due = await database.Commands.IgnoreQueryFilters().Where(row => row.OpenUntil != null && row.OpenUntil <= now)
            .OrderBy(row => row.OpenUntil).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (var row in due)
        {
            database.Expire(row, now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        database.ChangeTracker.Clear();
        foreach (var row in due)
        {
            metrics.Ended(row.Status);
            log.CommandEnded(row.Municipality, row.Device, row.Name, row.CommandId, row.Status);
        }

        return due.Count == MostAtOnce;
    }
}
