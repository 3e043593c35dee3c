using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Timer_WhenDue_TicksThenEachPeriod()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(2 * Second, 5 * Second, interleave: false);

        host.Time.Advance(Second);
        (await grain.Ticks()).ShouldBe(0);
        host.Time.Advance(Second);
        await TickedAsync(host, grain, 1);
        host.Time.Advance(4 * Second);
        (await grain.Ticks()).ShouldBe(1);
        host.Time.Advance(Second);
        await TickedAsync(host, grain, 2);
    }

    [Fact]
    public async Task Timer_WhenPeriodIsInfinite_TicksOnce()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: false);

        host.Time.Advance(Second);
        await TickedAsync(host, grain, 1);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await grain.Ticks()).ShouldBe(1);
    }

    [Fact]
    public async Task Timer_WhenGrainIsBusy_WaitsForTheEndOfTheRequest()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: false);
        var block = grain.Block("gate");
        await host.Probe.ReachedAsync("gate");

        host.Time.Advance(Second);
        host.Probe.Open("gate");
        await block.WaitAsync(GrainHost.Patience);
        await host.Probe.ReachedAsync("tick 1");

        host.Probe.Log.ShouldBe(["block ends", "tick"]);
    }

    [Fact]
    public async Task Timer_WhenItInterleaves_TicksWhileTheRequestAwaits()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: true);
        var block = grain.Block("gate");
        await host.Probe.ReachedAsync("gate");

        host.Time.Advance(Second);
        await host.Probe.ReachedAsync("tick 1");
        host.Probe.Open("gate");
        await block.WaitAsync(GrainHost.Patience);

        host.Probe.Log.ShouldBe(["tick", "block ends"]);
    }

    [Fact]
    public async Task Timer_WhenACallbackThrows_TicksAgain()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.StartFailing(Second, Second);

        host.Time.Advance(Second);
        await TickedAsync(host, grain, 1);
        host.Time.Advance(Second);
        await TickedAsync(host, grain, 2);
    }

    [Fact]
    public async Task Timer_WhenDisposed_TicksNoMore()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(Second, Second, interleave: false);
        await grain.Stop();

        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await grain.Ticks()).ShouldBe(0);
    }

    [Fact]
    public async Task Timer_WhenActivationEnds_EndsWithIt()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(Second, Second, interleave: false);
        await grain.Leave();
        (await grain.Ticks()).ShouldBe(0);

        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await grain.Ticks()).ShouldBe(0);
        host.Probe.Log.ShouldBeEmpty();
    }

    // The next tick is armed when the callback has ended, so a later call must have gone through first.
    private static async Task TickedAsync(GrainHost host, ITimerGrain grain, int number)
    {
        await host.Probe.ReachedAsync($"tick {number}");
        (await grain.Ticks().WaitAsync(GrainHost.Patience)).ShouldBe(number);
    }
}
