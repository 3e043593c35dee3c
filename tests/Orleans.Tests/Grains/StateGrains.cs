using Orleans;
using Orleans.Runtime;

namespace SmartCity.Orleans.Tests.Grains;

[GenerateSerializer, Alias("CounterState")]
public sealed class CounterState
{
    [Id(0)]
    public int Total { get; set; }

    [Id(1)]
    public List<int> Added { get; set; } = [];
}

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int number);

    Task AddWithoutWriting(int number);

    Task<int> Total();

    Task<bool> IsStored();

    Task Forget();

    Task Leave();

    Task AddTwiceAtOnce();
}

public class CounterGrain([PersistentState("counter", "counters")] IPersistentState<CounterState> state) : Grain, ICounterGrain
{
    public async Task<int> Add(int number)
    {
        state.State.Total += number;
        state.State.Added.Add(number);
        await state.WriteStateAsync();
        return state.State.Total;
    }

    public Task AddWithoutWriting(int number)
    {
        state.State.Total += number;
        return Task.CompletedTask;
    }

    public Task<int> Total() => Task.FromResult(state.State.Total);

    public Task<bool> IsStored() => Task.FromResult(state.RecordExists);

    public Task Forget() => state.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task AddTwiceAtOnce()
    {
        state.State.Total++;
        var first = state.WriteStateAsync();
        state.State.Total++;
        return Task.WhenAll(first, state.WriteStateAsync());
    }
}

public interface IOldStyleGrain : IGrainWithStringKey
{
    Task<int> Add(int number);

    Task Leave();
}

public class OldStyleGrain : Grain<CounterState>, IOldStyleGrain
{
    public async Task<int> Add(int number)
    {
        State.Total += number;
        await WriteStateAsync();
        return State.Total;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IHomelessGrain : IGrainWithStringKey
{
    Task Hello();
}

public class HomelessGrain([PersistentState("home", "nowhere")] IPersistentState<CounterState> state) : Grain, IHomelessGrain
{
    public Task Hello() => state.ReadStateAsync();
}
