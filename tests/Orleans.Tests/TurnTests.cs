using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_WhenAnotherRequestAwaits_StartsAfterItsEnd()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IStepGrain>("a");
        var first = grain.Step("first");
        await host.Probe.ReachedAsync("first");
        var second = grain.Step("second");

        // The look is queued behind the second step and overtakes it: the second could have started, had it been let in.
        (await grain.Look().WaitAsync(GrainHost.Patience)).ShouldBe(["first begins"]);

        host.Probe.OpenAll();
        await Task.WhenAll(first, second).WaitAsync(GrainHost.Patience);
        host.Probe.Log.ShouldBe(["first begins", "first ends", "second begins", "second ends"]);
    }

    [Fact]
    public async Task Call_WhenGrainIsReentrant_StartsAtTheAwaitOfAnother()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IReentrantStepGrain>("a");
        var first = grain.Step("first");
        await host.Probe.ReachedAsync("first");
        var second = grain.Step("second");
        await host.Probe.ReachedAsync("second");

        host.Probe.Open("second");
        await second.WaitAsync(GrainHost.Patience);
        first.IsCompleted.ShouldBeFalse();
        host.Probe.Open("first");
        await first.WaitAsync(GrainHost.Patience);
        host.Probe.Log.ShouldBe(["first begins", "second begins", "second ends", "first ends"]);
    }

    [Fact]
    public async Task Turns_WhenManyRequestsInterleave_NeverOverlap()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IReentrantStepGrain>("a");

        var overlaps = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => grain.CountOverlaps(200))).WaitAsync(GrainHost.Patience);

        overlaps.ShouldAllBe(count => count == 0);
    }

    [Fact]
    public async Task Calls_WhenSentByOneCaller_RunInOrder()
    {
        await using var host = await GrainHost.StartAsync();
        host.Probe.OpenAll();
        var grain = host.Grains.GetGrain<IStepGrain>("a");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => grain.Step($"{i}"))).WaitAsync(GrainHost.Patience);

        host.Probe.Log.ShouldBe(Enumerable.Range(0, 200).SelectMany(i => new[] { $"{i} begins", $"{i} ends" }));
    }

    [Fact]
    public async Task OneWay_WhenGrainIsBusy_ReturnsAtOnceAndRunsLater()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IStepGrain>("a");

        var told = grain.Tell("one-way");
        told.IsCompletedSuccessfully.ShouldBeTrue();
        await host.Probe.ReachedAsync("one-way");
        host.Probe.Open("one-way");
        host.Probe.Open("after");
        await grain.Step("after").WaitAsync(GrainHost.Patience);

        host.Probe.Log.ShouldBe(["one-way begins", "one-way ends", "after begins", "after ends"]);
    }

    [Fact]
    public async Task OneWay_WhenGrainThrows_CallerSeesNothing()
    {
        await using var host = await GrainHost.StartAsync();
        host.Probe.OpenAll();
        var grain = host.Grains.GetGrain<IStepGrain>("a");

        await grain.TellAndFail();
        await grain.Step("after").WaitAsync(GrainHost.Patience);

        host.Probe.Log.ShouldBe(["after begins", "after ends"]);
    }

    [Fact]
    public async Task StatelessWorker_WhenOneActivationIsBusy_AnotherTakesTheCall()
    {
        await using var host = await GrainHost.StartAsync();
        var worker = host.Grains.GetGrain<IWorkerGrain>(1);
        var first = worker.Work("first");
        await host.Probe.ReachedAsync("first");
        var second = worker.Work("second");
        await host.Probe.ReachedAsync("second");

        host.Probe.OpenAll();
        (await first.WaitAsync(GrainHost.Patience)).ShouldNotBe(await second.WaitAsync(GrainHost.Patience));
    }
}
