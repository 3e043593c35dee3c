using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Delivers out of the shared database, and out of each that a town has of its own; none waits for another.</summary>
public sealed class DeliveryRunner(IServiceProvider services, TownDatabases databases, IOptions<DeliveryOptions> options, TimeProvider clock) : BackgroundService
{
    private readonly ConcurrentDictionary<string, (OwnerDelivery Delivery, Task Running)> _running = new(StringComparer.Ordinal);

    /// <summary>Something was committed.</summary>
    public void Wake()
    {
        foreach (var (delivery, _) in _running.Values)
        {
            delivery.Wake();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        try
        {
            do
            {
                foreach (var owner in databases.Owners)
                {
                    Ensure(owner, stoppingToken);
                }

                foreach (var (_, running) in _running.Values.Where(one => one.Running.IsFaulted))
                {
                    // A fault that nobody foresaw ends the process, which starts again.
                    await running;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Values.Select(one => one.Running));
        }
    }

    private void Ensure(string? owner, CancellationToken stoppingToken)
    {
        if (_running.ContainsKey(owner ?? ""))
        {
            return;
        }

        var delivery = ActivatorUtilities.CreateInstance<OwnerDelivery>(services, new DeliveryOwner(owner));
        _running[owner ?? ""] = (delivery, Task.Run(() => delivery.RunAsync(stoppingToken), CancellationToken.None));
    }
}

/// <summary>Whose database: a town's code, or null for the shared one.</summary>
internal sealed record DeliveryOwner(string? Municipality);
