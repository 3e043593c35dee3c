using Orleans;
using Orleans.Concurrency;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface IStepGrain : IGrainWithStringKey
{
    Task Step(string name);

    [AlwaysInterleave]
    Task<string[]> Look();

    [OneWay]
    Task Tell(string name);

    [OneWay]
    Task TellAndFail();

    [ResponseTimeout("00:00:05")]
    Task Hurry(string name);

    Task<bool> WaitFor(string name, CancellationToken cancellationToken);
}

public interface IReentrantStepGrain : IStepGrain
{
    Task<int> CountOverlaps(int times);
}

[StatelessWorker(2)]
public class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public async Task<Guid> Work(string name)
    {
        await probe.PassAsync(name);
        return _activation;
    }
}

public interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<Guid> Work(string name);
}

public abstract class StepGrainBase(Probe probe) : Grain
{
    private int _inside;
    private int _overlaps;

    public async Task Step(string name)
    {
        probe.Add(name + " begins");
        await probe.PassAsync(name);
        probe.Add(name + " ends");
    }

    public Task<string[]> Look() => Task.FromResult(probe.Log);

    public Task Tell(string name) => Step(name);

    public Task TellAndFail() => throw new InvalidOperationException("nobody listens");

    public Task Hurry(string name) => Step(name);

    public async Task<bool> WaitFor(string name, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => probe.Signal(name + " cancelled"));
        await probe.PassAsync(name);
        return cancellationToken.IsCancellationRequested;
    }

    public async Task<int> CountOverlaps(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
            {
                _overlaps++;
            }

            Thread.SpinWait(50);
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }

        return _overlaps;
    }
}

public class StepGrain(Probe probe) : StepGrainBase(probe), IStepGrain;

[Reentrant]
public class ReentrantStepGrain(Probe probe) : StepGrainBase(probe), IReentrantStepGrain;
