using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class TimeoutTests
{
    private static readonly TimeSpan BeyondTimeout = TimeSpan.FromSeconds(32);

    [Fact]
    public async Task Call_WhenGrainDoesNotAnswer_TimesOutWhileGrainGoesOn()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IStepGrain>("slow");
        var call = grain.Step("slow");
        await host.Probe.ReachedAsync("slow");

        host.Time.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        host.Time.Advance(TimeSpan.FromSeconds(3));
        await Should.ThrowAsync<TimeoutException>(call.WaitAsync(GrainHost.Patience));

        host.Probe.OpenAll();
        await grain.Step("next").WaitAsync(GrainHost.Patience);
        host.Probe.Log.ShouldBe(["slow begins", "slow ends", "next begins", "next ends"]);
    }

    [Fact]
    public async Task Call_WhenItTimedOutInTheQueue_IsNotRun()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IStepGrain>("slow");
        var slow = grain.Step("slow");
        await host.Probe.ReachedAsync("slow");
        var queued = grain.Step("queued");

        host.Time.Advance(BeyondTimeout);
        await Should.ThrowAsync<TimeoutException>(queued.WaitAsync(GrainHost.Patience));
        await Should.ThrowAsync<TimeoutException>(slow.WaitAsync(GrainHost.Patience));
        host.Probe.OpenAll();
        await grain.Step("next").WaitAsync(GrainHost.Patience);

        host.Probe.Log.ShouldBe(["slow begins", "slow ends", "next begins", "next ends"]);
    }

    [Fact]
    public async Task Call_WhenMethodHasItsOwnTimeout_UsesIt()
    {
        await using var host = await GrainHost.StartAsync();
        var call = host.Grains.GetGrain<IStepGrain>("slow").Hurry("slow");
        await host.Probe.ReachedAsync("slow");

        host.Time.Advance(TimeSpan.FromSeconds(8));

        await Should.ThrowAsync<TimeoutException>(call.WaitAsync(GrainHost.Patience));
    }

    [Fact]
    public async Task Call_WhenTokenIsCancelled_EndsAtOnceAndTellsTheGrain()
    {
        await using var host = await GrainHost.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = host.Grains.GetGrain<IStepGrain>("a").WaitFor("gate", cancellation.Token);
        await host.Probe.ReachedAsync("gate");

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call.WaitAsync(GrainHost.Patience));
        await host.Probe.ReachedAsync("gate cancelled");
    }

    [Fact]
    public async Task Call_WhenTokenIsNotCancelled_ReturnsTheResult()
    {
        await using var host = await GrainHost.StartAsync();
        host.Probe.OpenAll();
        using var cancellation = new CancellationTokenSource();

        (await host.Grains.GetGrain<IStepGrain>("a").WaitFor("gate", cancellation.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Call_WhenGrainsCallInACircle_TimesOut()
    {
        await using var host = await GrainHost.StartAsync();
        var call = host.Grains.GetGrain<IRingGrain>("a").CallThrough("b", allow: false);
        await host.Probe.ReachedAsync("b calls back");

        host.Time.Advance(BeyondTimeout);

        await Should.ThrowAsync<TimeoutException>(call.WaitAsync(GrainHost.Patience));
    }

    [Fact]
    public async Task Call_WhenCallChainReentrancyIsAllowed_ComesBackIn()
    {
        await using var host = await GrainHost.StartAsync();

        var result = await host.Grains.GetGrain<IRingGrain>("a").CallThrough("b", allow: true).WaitAsync(GrainHost.Patience);

        result.ShouldBe("a answered b");
    }
}
