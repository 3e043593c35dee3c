using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Alarms;

/// <summary>What officers do with alarms.</summary>
internal sealed class AlarmDesk(AlertDbContext database, TimeProvider clock, ILogger<AlarmDesk> log)
{
    public async Task<AlarmView?> FindAsync(string id, CancellationToken cancellationToken)
        => await database.Set<Alarm>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } alarm ? await DescribeAsync(alarm, cancellationToken) : null;

    /// <summary>Says that somebody has seen it, and nothing more: alerts and the alarm itself go on. The first one stays who did.</summary>
    public async Task<Results<Ok<AlarmView>, ProblemHttpResult>> AcknowledgeAsync(Town town, string id, string? note, string officer, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await database.Set<Alarm>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } alarm)
        {
            return AlarmEndpoints.Unknown(id);
        }

        if (alarm is { State: AlarmState.Cleared, AcknowledgedAt: null })
        {
            return Problem.Conflict("alarm-cleared", "This alarm is over.",
                $"Its cause ended at {alarm.ClearedAt:yyyy-MM-dd HH:mm:ss} before anybody acknowledged it. Nothing was changed, and nothing needs to be.");
        }

        if (alarm.AcknowledgedAt is null)
        {
            (alarm.State, alarm.AcknowledgedAt, alarm.AcknowledgedBy) = (AlarmState.Acknowledged, clock.GetJapanNow(), officer);
            database.Add(new AlarmStep
            {
                Municipality = town.Code,
                AlarmId = id,
                What = AlarmAct.Acknowledged,
                At = alarm.AcknowledgedAt.Value,
                TakenBy = officer,
                Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            });
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            log.OfficerActed(town.Code, "acknowledgement of alarm", id, officer);
        }

        return TypedResults.Ok(await DescribeAsync(alarm, cancellationToken));
    }

    private async Task<AlarmView> DescribeAsync(Alarm alarm, CancellationToken cancellationToken)
        => AlarmView.Of(alarm, await database.Set<AlarmStep>().AsNoTracking().Where(step => step.AlarmId == alarm.Id).OrderBy(step => step.Id).ToListAsync(cancellationToken));
}
