using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Incidents;

/// <summary>
/// Before the service says that it is ready, one threshold event is handled and rolled back, so that the first alert
/// of a process is as fast as the next ones: after a restart in a flood it counts most.
/// </summary>
internal sealed class Rehearsal(IServiceScopeFactory scopes, ITownDirectory towns, TimeProvider clock, ILogger<Rehearsal> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (towns.Towns.FirstOrDefault(town => town.Policies.Count > 0 && town.Offers(AppIds.Alerts)) is not { } town)
        {
            return;
        }

        var policy = town.Policies[0];
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<ThresholdHandler>().RehearseAsync(
                town,
                new SensorThreshold
                {
                    EventId = "rehearsal",
                    Municipality = town.Code,
                    DeviceId = "rehearsal",
                    DeviceName = new LocalizedText("rehearsal", "rehearsal"),
                    RuleId = policy.RuleId,
                    Metric = "rehearsal",
                    Transition = ThresholdTransition.Raised,
                    Value = 1,
                    Threshold = 1,
                    At = clock.GetJapanNow(),
                    Explanation = "rehearsal",
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            // A slow first alert is better than none.
            log.RehearsalFailed(exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
