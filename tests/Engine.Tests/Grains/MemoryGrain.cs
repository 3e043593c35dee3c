using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Engine.Tests.Grains;

[GenerateSerializer]
[Alias("SmartCity.Engine.Tests.Memory")]
public sealed class Memory
{
    [Id(0)]
    public int Total { get; set; }

    /// <summary>A grain reference in state.</summary>
    [Id(1)]
    public IMemoryGrain? Neighbour { get; set; }
}

/// <summary>Keeps a sum and a neighbour, and is reminded.</summary>
public interface IMemoryGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    Task Meet(IMemoryGrain neighbour);

    Task<int> TotalOfNeighbour();

    Task Forget();

    Task Remind(string name, TimeSpan dueTime);

    Task<string[]> Reminders();

    Task StopReminding(string name);
}

public sealed class MemoryGrain([PersistentState("memory")] IPersistentState<Memory> memory) : Grain, IMemoryGrain, IRemindable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Ticks by grain key and reminder; static, as a tick may come to a later activation.</summary>
    public static ConcurrentDictionary<string, TaskCompletionSource<TickStatus>> Ticks { get; } = new(StringComparer.Ordinal);

    public async Task<int> Add(int amount)
    {
        memory.State.Total += amount;
        await memory.WriteStateAsync();
        return memory.State.Total;
    }

    public async Task Meet(IMemoryGrain neighbour)
    {
        memory.State.Neighbour = neighbour;
        await memory.WriteStateAsync();
    }

    public Task<int> TotalOfNeighbour() => memory.State.Neighbour!.Add(0);

    public Task Forget() => memory.ClearStateAsync();

    public Task Remind(string name, TimeSpan dueTime) => this.RegisterOrUpdateReminder(name, dueTime, Period);

    public async Task<string[]> Reminders() => (await this.GetReminders()).Select(reminder => reminder.ReminderName).ToArray();

    public async Task StopReminding(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Ticks.GetOrAdd($"{this.GetPrimaryKeyString()}/{reminderName}", _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(status);
        return Task.CompletedTask;
    }
}
