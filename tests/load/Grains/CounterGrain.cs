using Orleans;

namespace SmartCity.Load.Grains;

/// <summary>The smallest grain that does something: keeps a sum.</summary>
public interface ICounterGrain : IGrainWithIntegerKey
{
    Task<int> Add(int amount);
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);
}
