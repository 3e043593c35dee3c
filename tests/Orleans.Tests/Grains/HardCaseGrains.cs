using System.Runtime.CompilerServices;
using Orleans;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public sealed class SealedOffException : Exception
{
    private SealedOffException(string message)
        : base(message)
    {
    }

    public static SealedOffException Create() => new("sealed off") { Data = { ["gate"] = 7 } };
}

public interface IHardCaseGrain : IGrainWithStringKey
{
    Task ThrowSealedOff();

    Task<int> ThrowCancelled();

    Task LeaveWhileBusy(string gate);

    Task<int> Activation();

    Task Hang(string gate);
}

public class HardCaseGrain(Probe probe) : Grain, IHardCaseGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Add("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Add("deactivated");
        return Task.CompletedTask;
    }

    public Task ThrowSealedOff() => throw SealedOffException.Create();

    public Task<int> ThrowCancelled() => throw new OperationCanceledException("given up");

    public async Task LeaveWhileBusy(string gate)
    {
        DeactivateOnIdle();
        await probe.PassAsync(gate);
        probe.Add("left");
    }

    public Task<int> Activation() => Task.FromResult(RuntimeHelpers.GetHashCode(this));

    public Task Hang(string gate) => probe.PassAsync(gate);
}

public interface IStormGrain : IGrainWithIntegerKey
{
    Task<bool> Touch();
}

public class StormGrain(Storm storm) : Grain, IStormGrain
{
    private readonly byte[] _weight = new byte[100];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        storm.Add(this);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        storm.Remove();
        return Task.CompletedTask;
    }

    public Task<bool> Touch() => Task.FromResult(_weight.Length > 0);
}

/// <summary>Counts the grains of a storm without holding them.</summary>
public sealed class Storm(int size)
{
    private readonly WeakReference[] _grains = new WeakReference[size];
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _added;
    private int _removed;

    public Task Over => _over.Task;

    public int Added => _added;

    public int InMemory => _grains.Count(static grain => grain is { IsAlive: true });

    public void Add(object grain) => _grains[Interlocked.Increment(ref _added) - 1] = new WeakReference(grain);

    public void Remove()
    {
        if (Interlocked.Increment(ref _removed) == _grains.Length)
        {
            _over.SetResult();
        }
    }
}
