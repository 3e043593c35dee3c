using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class InterleaveTests
{
    [Fact]
    public async Task ReadOnly_WhenAnotherReads_RunsBesideItButNotBesideAWrite()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IReaderGrain>("a");
        var first = grain.Read("first");
        await host.Probe.ReachedAsync("first");
        var write = grain.Write("write");
        var second = grain.Read("second");
        await host.Probe.ReachedAsync("second");

        host.Probe.Open("first");
        await first.WaitAsync(GrainHost.Patience);
        (await grain.Look()).ShouldBe(["first begins", "second begins", "first ends"]);

        host.Probe.Open("second");
        await host.Probe.ReachedAsync("write");
        var third = grain.Read("third");
        (await grain.Look()).ShouldNotContain("third begins");
        host.Probe.OpenAll();
        await Task.WhenAll(second, write, third).WaitAsync(GrainHost.Patience);
    }

    [Fact]
    public async Task MayInterleave_WhenTheRuleAllows_LetsTheRequestIn()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IRuledGrain>("a");
        var slow = grain.Write("slow");
        await host.Probe.ReachedAsync("slow");
        var plain = grain.Write("plain");
        var broken = grain.Write("broken");
        var urgent = grain.Write("urgent");
        await host.Probe.ReachedAsync("urgent");

        (await grain.Look()).ShouldBe(["slow begins", "urgent begins"]);
        host.Probe.OpenAll();
        await Task.WhenAll(slow, plain, broken, urgent).WaitAsync(GrainHost.Patience);
    }

    [Fact]
    public async Task MayInterleave_WhenTheRunningRequestIsAllowed_LetsAnyOtherIn()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IRuledGrain>("a");
        var urgent = grain.Write("urgent");
        await host.Probe.ReachedAsync("urgent");
        var plain = grain.Write("plain");
        await host.Probe.ReachedAsync("plain");

        host.Probe.OpenAll();
        await Task.WhenAll(plain, urgent).WaitAsync(GrainHost.Patience);
    }

    [Fact]
    public async Task MayInterleave_WhenTheMethodIsMissing_FailsTheCallsOfThatClassOnly()
    {
        await using var host = await GrainHost.StartAsync();

        (await Should.ThrowAsync<InvalidOperationException>(host.Grains.GetGrain<IMisruledGrain>("a").Hello())).Message.ShouldContain("Nothing");
        (await host.Grains.GetGrain<ILifeGrain>("a").Count()).ShouldBe(1);
    }
}
