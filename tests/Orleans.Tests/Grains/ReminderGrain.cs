using Orleans;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface IReminderGrain : IGrainWithStringKey
{
    Task Register(string name, TimeSpan due, TimeSpan period);

    Task Unregister(string name);

    Task UnregisterStale(string name);

    Task<string[]> Names();

    Task<bool> Has(string name);

    Task Leave();
}

public class ReminderGrain(Probe probe) : Grain, IReminderGrain, IRemindable
{
    private readonly Dictionary<string, List<IGrainReminder>> _handles = [];
    private int _ticks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Add("activated");
        return Task.CompletedTask;
    }

    public async Task Register(string name, TimeSpan due, TimeSpan period)
    {
        if (!_handles.TryGetValue(name, out var handles))
        {
            _handles[name] = handles = [];
        }

        handles.Add(await this.RegisterOrUpdateReminder(name, due, period));
    }

    public Task Unregister(string name) => this.UnregisterReminder(_handles[name][^1]);

    public Task UnregisterStale(string name) => this.UnregisterReminder(_handles[name][0]);

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(static reminder => reminder.ReminderName).Order()];

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        probe.Add(FormattableString.Invariant($"{reminderName} after {(status.CurrentTickTime - status.FirstTickTime).TotalMinutes} of {status.Period.TotalMinutes}"));
        probe.Signal($"tick {++_ticks}");
        switch (reminderName)
        {
            case "failing":
                throw new InvalidOperationException("a reminder that fails");
            case "slow":
                await probe.PassAsync($"slow {_ticks}");
                probe.Add("slow ends");
                break;
        }
    }
}

public interface IDeafGrain : IGrainWithStringKey
{
    Task Register();
}

public class DeafGrain : Grain, IDeafGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("a", TimeSpan.Zero, TimeSpan.FromMinutes(1));
}
