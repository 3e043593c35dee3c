using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Actuators;

/// <summary>Looks after the sirens and signs of every database; one that is away holds up no other.</summary>
internal sealed class ActuatorRunner(IServiceScopeFactory scopes, TownDatabases databases, IOptions<ActuatorOptions> options, TimeProvider clock, ILogger<ActuatorRunner> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.WhenAll(databases.Owners.Select(owner => RunAsync(owner, stoppingToken)));
        }
    }

    private async Task RunAsync(string? owner, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = owner;
            var planner = scope.ServiceProvider.GetRequiredService<ActuatorPlanner>();
            var sender = scope.ServiceProvider.GetRequiredService<ActuatorSender>();
            // What comes back in this look is due again in a later one; what is new is not kept waiting by it.
            await scope.ServiceProvider.GetRequiredService<ActuatorEnds>().WriteAsync(cancellationToken);
            var look = clock.GetUtcNow();
            do
            {
                while (await planner.PlanAsync(cancellationToken))
                {
                    // Everything that was issued before anything is sent.
                }
            }
            while (await sender.SendAsync(look, cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: without this loop no siren would sound any more.
            log.ActuatorsNotRun(exception, owner ?? "shared");
        }
    }
}
