using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Alarms;

/// <summary>Applies one <c>device.silent</c> event: inbox and alarm in one transaction, and nothing else.</summary>
public sealed class SilenceHandler(AlertDbContext database, TownScope scope, ITownDirectory towns, AlarmBook alarms, TimeProvider clock, ILogger<SilenceHandler> log)
{
    public async Task HandleAsync(DeviceSilent silence, CancellationToken cancellationToken)
    {
        if (!towns.TryGet(silence.Municipality, out var town) || !town.Offers(AppIds.Alerts))
        {
            log.SilenceOfUnknownTown(silence.EventId, silence.Municipality);
            return;
        }

        scope.Municipality = town.Code;
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (!await database.TryTakeAsync(silence.EventId, clock.GetUtcNow(), cancellationToken))
        {
            return;
        }

        var outcome = await alarms.ApplyAsync(town, AlarmSignal.Of(silence), cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.SilenceTaken(town.Code, silence.DeviceId, silence.RuleId, silence.Transition, outcome, silence.Explanation);
    }
}
