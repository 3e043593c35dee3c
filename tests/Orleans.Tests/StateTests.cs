using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class StateTests
{
    [Fact]
    public async Task State_WhenWritten_IsReadByTheNextActivation()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");
        (await grain.IsStored()).ShouldBeFalse();
        await grain.Add(2);
        (await grain.Add(3)).ShouldBe(5);
        await grain.Leave();

        (await grain.Total()).ShouldBe(5);
        (await grain.IsStored()).ShouldBeTrue();
    }

    [Fact]
    public async Task State_WhenNotWritten_IsLostWithTheActivation()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");
        await grain.Add(2);
        await grain.AddWithoutWriting(40);
        await grain.Leave();

        (await grain.Total()).ShouldBe(2);
    }

    [Fact]
    public async Task ClearState_WhenStored_ForgetsTheRecord()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");
        await grain.Add(2);
        await grain.Forget();

        (await grain.Total()).ShouldBe(0);
        (await grain.IsStored()).ShouldBeFalse();
        (await grain.Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task WriteState_WhenStoreChangedBehindTheGrain_ThrowsAndStartsAgainFromTheStore()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");
        await grain.Add(1);
        await WriteBehindAsync(host, grain.GetGrainId(), 100);

        var error = await Should.ThrowAsync<InconsistentStateException>(grain.Add(1));
        error.StoredEtag.ShouldNotBe(error.CurrentEtag);
        (await grain.Total()).ShouldBe(100);
        (await grain.Add(1)).ShouldBe(101);
    }

    [Fact]
    public async Task WriteState_WhenCalledTwiceAtOnce_StoresTheLast()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");
        await grain.AddTwiceAtOnce();
        await grain.Leave();

        (await grain.Total()).ShouldBe(2);
    }

    [Fact]
    public async Task GrainOfState_WhenWritten_UsesTheDefaultStorage()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IOldStyleGrain>("a");
        await grain.Add(2);
        await grain.Leave();

        (await grain.Add(2)).ShouldBe(4);
    }

    [Fact]
    public async Task Activation_WhenStorageIsNotRegistered_SaysWhichIsMissing()
    {
        await using var host = await GrainHost.StartAsync();

        var error = await Should.ThrowAsync<BadProviderConfigException>(host.Grains.GetGrain<IHomelessGrain>("a").Hello());
        error.Message.ShouldContain("nowhere");
    }

    private static async Task WriteBehindAsync(GrainHost host, GrainId id, int total)
    {
        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>("counters");
        var state = new GrainState<CounterState>();
        await storage.ReadStateAsync("counter", id, state);
        state.State!.Total = total;
        await storage.WriteStateAsync("counter", id, state);
    }
}
