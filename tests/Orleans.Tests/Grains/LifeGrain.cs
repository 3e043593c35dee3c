using Orleans;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Count();

    Task Leave();

    Task Stay(TimeSpan time);

    Task StartTimer(bool keepAlive);
}

public class LifeGrain(Probe probe) : Grain, ILifeGrain
{
    private int _count;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        probe.Add("activated");
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Add($"deactivated {reason.ReasonCode}");
        probe.Signal("deactivated");
        return Task.CompletedTask;
    }

    public Task<int> Count() => Task.FromResult(++_count);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task StartTimer(bool keepAlive)
    {
        this.RegisterGrainTimer(
            () => Task.CompletedTask,
            new GrainTimerCreationOptions(TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7)) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }
}

public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> Hello();
}

public class FragileGrain(Probe probe) : Grain, IFragileGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Add("tried");
        return probe.Log.Length == 1 ? throw new InvalidDataException("not yet") : Task.CompletedTask;
    }

    public Task<string> Hello() => Task.FromResult("hello");
}

public interface IOrphanGrain : IGrainWithStringKey
{
    Task Hello();
}
