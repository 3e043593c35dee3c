using Orleans.Hosting;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class CallTests
{
    [Fact]
    public async Task Call_WhenGrainThrows_CallerGetsThatException()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IErrorGrain>("a");

        (await Should.ThrowAsync<WaterLevelException>(grain.ThrowAtOnce())).Level.ShouldBe(5);
        (await Should.ThrowAsync<WaterLevelException>(async () => await grain.ThrowFromValueTask())).Level.ShouldBe(5);
        var error = await Should.ThrowAsync<WaterLevelException>(grain.ThrowLater());
        error.Message.ShouldBe("too high");
        error.StackTrace.ShouldNotBeNull().ShouldContain(nameof(ErrorGrain.ThrowLater));
    }

    [Fact]
    public async Task Continuation_WhenGrainAwaits_RunsOnTheActivationsScheduler()
    {
        await using var host = await GrainHost.StartAsync();

        (await host.Grains.GetGrain<IErrorGrain>("a").RunsOnOneScheduler()).ShouldBeTrue();
    }

    [Fact]
    public async Task RequestContext_WhenSet_ReachesGrainsAndDoesNotComeBack()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IErrorGrain>("a");
        RequestContext.Set("town", "162043");

        (await grain.ReadContext("town")).ShouldBe("162043");
        (await grain.ReadContextThroughAnother("town")).ShouldBe("162043");
        RequestContext.Get("town").ShouldBe("162043");

        RequestContext.Clear();
        (await grain.ReadContext("town")).ShouldBeNull();
    }

    [Fact]
    public async Task RequestContext_WhenAGrainSetsIt_EndsWithItsTurn()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IErrorGrain>("a");

        // Many at once, so that one thread runs them one after another.
        var seen = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.ReadContext("town"))).WaitAsync(GrainHost.Patience);

        seen.ShouldAllBe(value => value == null);
    }

    [Fact]
    public async Task IncomingFilter_WhenAdded_SeesCallAndChangesResult()
    {
        var seen = new List<string>();
        await using var host = await GrainHost.StartAsync(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            seen.Add($"{context.MethodName}({context.Request.GetArgument(0)}) on {context.TargetId}");
            context.Result = (int)context.Result! * 10;
        }));

        (await host.Grains.GetGrain<ICounterGrain>("a").Add(4)).ShouldBe(40);
        seen.ShouldBe(["Add(4) on counter/a"]);
    }

    [Fact]
    public async Task Calls_WhenManyRunAtOnce_EachGetsItsOwnResult()
    {
        await using var host = await GrainHost.StartAsync();
        var keys = Enumerable.Range(0, 100).Select(i => (long)i).ToArray();
        var grains = keys.Select(key => host.Grains.GetGrain<ILongGrain>(key)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                var index = (caller + i) % grains.Length;
                (await grains[index].Key()).ShouldBe(keys[index]);
            }
        }))).WaitAsync(GrainHost.Patience);
    }
}
