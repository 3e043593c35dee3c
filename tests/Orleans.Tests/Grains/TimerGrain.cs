using Orleans;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan due, TimeSpan period, bool interleave);

    Task StartFailing(TimeSpan due, TimeSpan period);

    Task Stop();

    Task Block(string gate);

    Task<int> Ticks();

    Task Leave();
}

public class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave)
    {
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan due, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            static async (grain, _) =>
            {
                await grain.Tick();
                throw new InvalidOperationException("a tick that fails");
            },
            this,
            due,
            period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public async Task Block(string gate)
    {
        await probe.PassAsync(gate);
        probe.Add("block ends");
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Tick()
    {
        probe.Add("tick");
        probe.Signal($"tick {++_ticks}");
        return Task.CompletedTask;
    }
}
