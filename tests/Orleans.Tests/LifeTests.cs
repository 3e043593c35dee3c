using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class LifeTests
{
    [Fact]
    public async Task Activation_WhenManyCallAtOnce_HappensOnceBeforeTheFirstCall()
    {
        await using var host = await GrainHost.StartAsync();
        host.Probe.Log.ShouldBeEmpty();

        var counts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => host.Grains.GetGrain<ILifeGrain>("a").Count()))).WaitAsync(GrainHost.Patience);

        counts.Order().ShouldBe(Enumerable.Range(1, 50));
        host.Probe.Log.ShouldBe(["activated"]);
    }

    [Fact]
    public async Task Activation_WhenItFails_FailsTheCallAndIsTriedAgain()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IFragileGrain>("a");

        (await Should.ThrowAsync<InvalidDataException>(grain.Hello())).Message.ShouldBe("not yet");
        (await grain.Hello()).ShouldBe("hello");
        host.Probe.Log.ShouldBe(["tried", "tried"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_WhenCalled_NextCallGetsANewActivation()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        await grain.Count();
        (await grain.Count()).ShouldBe(2);

        await grain.Leave();
        (await grain.Count()).ShouldBe(1);

        host.Probe.Log.ShouldBe(["activated", "deactivated ApplicationRequested", "activated"]);
    }

    [Fact]
    public async Task Collection_WhenGrainIsIdle_DeactivatesIt()
    {
        await using var host = await GrainHost.StartAsync();
        await host.Grains.GetGrain<ILifeGrain>("a").Count();

        host.Time.Advance(TimeSpan.FromMinutes(14));
        host.Probe.Log.ShouldBe(["activated"]);
        host.Time.Advance(TimeSpan.FromMinutes(3));
        await host.Probe.ReachedAsync("deactivated");

        host.Probe.Log.ShouldBe(["activated", "deactivated ActivationIdle"]);
    }

    [Fact]
    public async Task Collection_WhenGrainIsUsed_LeavesItAlone()
    {
        await using var host = await GrainHost.StartAsync(silo =>
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(5)));
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        for (var i = 1; i <= 10; i++)
        {
            (await grain.Count()).ShouldBe(i);
            host.Time.Advance(TimeSpan.FromMinutes(4));
        }
    }

    [Fact]
    public async Task DelayDeactivation_WhenIdle_KeepsTheGrainThatLong()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        await grain.Stay(TimeSpan.FromHours(1));

        host.Time.Advance(TimeSpan.FromMinutes(50));
        (await grain.Count()).ShouldBe(1);
        host.Probe.Log.ShouldBe(["activated"]);
        host.Time.Advance(TimeSpan.FromMinutes(30));
        await host.Probe.ReachedAsync("deactivated");
    }

    [Fact]
    public async Task Collection_WhenOnlyATimerRuns_DeactivatesTheGrain()
    {
        await using var host = await GrainHost.StartAsync();
        await host.Grains.GetGrain<ILifeGrain>("a").StartTimer(keepAlive: false);

        // The clock runs until it happens: were the ticks uses, it would never.
        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("deactivated"), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Stop_WhenGrainsAreActive_DeactivatesThemAll()
    {
        await using var host = await GrainHost.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await host.Grains.GetGrain<ILifeGrain>($"{i}").Count();
        }

        await host.StopAsync();

        host.Probe.Log.Count(entry => entry == "deactivated ShuttingDown").ShouldBe(20);
        await Should.ThrowAsync<SiloUnavailableException>(host.Grains.GetGrain<ILifeGrain>("late").Count());
    }

    [Fact]
    public async Task Hosts_WhenTwoAreInOneProcess_ShareNothing()
    {
        await using var one = await GrainHost.StartAsync();
        await using var two = await GrainHost.StartAsync();

        (await one.Grains.GetGrain<ILifeGrain>("a").Count()).ShouldBe(1);
        (await two.Grains.GetGrain<ILifeGrain>("a").Count()).ShouldBe(1);
        var services = two.Services.GetRequiredService<IClusterClient>().ServiceProvider;
        services.GetRequiredService<Probe>().ShouldBeSameAs(two.Probe);
        two.Probe.ShouldNotBeSameAs(one.Probe);
    }

    [Fact]
    public async Task GetGrain_WhenNothingImplementsTheInterface_Throws()
    {
        await using var host = await GrainHost.StartAsync();

        Should.Throw<ArgumentException>(() => host.Grains.GetGrain<IOrphanGrain>("a")).Message.ShouldContain(nameof(IOrphanGrain));
    }
}
