using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCity.Engine.Tests.Hosting;

namespace SmartCity.Engine.Tests.Grains;

/// <summary>State, ETags and reminders as Orleans documents them, over restarts.</summary>
[Collection(nameof(EngineApp))]
public sealed class StateAndReminderTests(EngineApp app)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task State_WhenWritten_IsThereAfterARestart()
    {
        await app.Grains.GetGrain<IMemoryGrain>(_key).Add(3).Soon();
        await app.Grains.GetGrain<IMemoryGrain>(_key + "b").Meet(app.Grains.GetGrain<IMemoryGrain>(_key)).Soon();

        await app.RestartAsync();

        (await app.Grains.GetGrain<IMemoryGrain>(_key).Add(4).Soon()).ShouldBe(7);
        (await app.Grains.GetGrain<IMemoryGrain>(_key + "b").TotalOfNeighbour().Soon()).ShouldBe(7);
    }

    [Fact]
    public async Task State_WhenCleared_StartsAnew()
    {
        var grain = app.Grains.GetGrain<IMemoryGrain>(_key);
        await grain.Add(3).Soon();
        await grain.Forget().Soon();

        (await grain.Add(1).Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task Write_WhenTheETagIsStale_Throws()
    {
        var storage = app.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var id = GrainId.Create("contract-test", _key);
        var (first, second) = (new GrainState<Memory>(new Memory { Total = 1 }), new GrainState<Memory>(new Memory { Total = 2 }));
        await storage.ReadStateAsync("memory", id, first).Soon();
        await storage.ReadStateAsync("memory", id, second).Soon();
        first.State = new Memory { Total = 1 };
        await storage.WriteStateAsync("memory", id, first).Soon();

        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("memory", id, second).Soon());
    }

    [Fact]
    public async Task Reminder_WhenItsHostStopped_FiresAfterTheRestart()
    {
        await app.Grains.GetGrain<IMemoryGrain>(_key).Remind("level", TimeSpan.FromSeconds(1)).Soon();

        await app.RestartAsync();

        var tick = MemoryGrain.Ticks.GetOrAdd($"{_key}/level", _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        (await tick.Task.Soon()).Period.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Reminder_WhenUnregistered_IsGone()
    {
        var grain = app.Grains.GetGrain<IMemoryGrain>(_key);
        await grain.Remind("a", TimeSpan.FromHours(1)).Soon();
        await grain.Remind("b", TimeSpan.FromHours(1)).Soon();

        await grain.StopReminding("a").Soon();

        (await grain.Reminders().Soon()).ShouldBe(["b"]);
    }
}
