using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class HardCaseTests
{
    [Fact]
    public async Task Call_WhenTheExceptionHasNoPublicConstructor_ArrivesWithItsData()
    {
        await using var host = await GrainHost.StartAsync();

        var error = await Should.ThrowAsync<SealedOffException>(host.Grains.GetGrain<IHardCaseGrain>("a").ThrowSealedOff());

        error.Message.ShouldBe("sealed off");
        error.Data["gate"].ShouldBe(7);
    }

    [Fact]
    public async Task Call_WhenTheGrainGivesUp_IsCancelled()
    {
        await using var host = await GrainHost.StartAsync();
        var call = host.Grains.GetGrain<IHardCaseGrain>("a").ThrowCancelled();

        await Should.ThrowAsync<OperationCanceledException>(call);
        call.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task DeactivateOnIdle_WhenCallsWait_TheyGoToTheNextActivation()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IHardCaseGrain>("a");
        var before = await grain.Activation();
        var busy = grain.LeaveWhileBusy("gate");
        await host.Probe.ReachedAsync("gate");
        var waiting = Enumerable.Range(0, 50).Select(_ => grain.Activation()).ToArray();

        host.Probe.Open("gate");
        await busy.WaitAsync(GrainHost.Patience);
        var after = await Task.WhenAll(waiting).WaitAsync(GrainHost.Patience);

        after.Distinct().ShouldHaveSingleItem().ShouldNotBe(before);
        host.Probe.Log.ShouldBe(["activated", "left", "deactivated", "activated"]);
    }

    [Fact]
    public async Task Call_WhenTheGrainHangsForHours_GoesToANewActivation()
    {
        await using var host = await GrainHost.StartAsync(silo =>
            silo.Configure<SiloMessagingOptions>(options => options.MaxRequestProcessingTime = TimeSpan.FromMinutes(10)));
        var grain = host.Grains.GetGrain<IHardCaseGrain>("a");
        var hanging = grain.Hang("never");
        await host.Probe.ReachedAsync("never");
        host.Time.Advance(TimeSpan.FromMinutes(9));
        await Should.ThrowAsync<TimeoutException>(hanging.WaitAsync(GrainHost.Patience));
        var tooEarly = grain.Activation();
        host.Time.Advance(TimeSpan.FromSeconds(40));
        await Should.ThrowAsync<TimeoutException>(tooEarly.WaitAsync(GrainHost.Patience));

        var waiting = grain.Activation();
        host.Time.Advance(TimeSpan.FromSeconds(25));

        await waiting.WaitAsync(GrainHost.Patience);
        host.Probe.Log.ShouldBe(["activated", "activated"]);
    }

    [Fact]
    public async Task Stop_WhenACallNeverReturns_EndsWithTheHostsPatience()
    {
        await using var host = await GrainHost.StartAsync(silo =>
            silo.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50)));
        var hanging = host.Grains.GetGrain<IHardCaseGrain>("a").Hang("never");
        await host.Probe.ReachedAsync("never");

        await host.StopAsync();

        await Should.ThrowAsync<global::Orleans.Runtime.SiloUnavailableException>(hanging.WaitAsync(GrainHost.Patience));
    }

    [Fact]
    public async Task Timer_WhenItKeepsAlive_TheGrainStays()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer(keepAlive: true);

        for (var minute = 0; minute < 60; minute++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await GrainHost.PoolAsync();
        }

        host.Probe.Log.ShouldBe(["activated"]);
    }

    [Fact]
    public async Task Storm_WhenAHundredThousandGrainsWereActive_IdleCollectionFreesThem()
    {
        const int Size = 100_000;
        await using var host = await GrainHost.StartAsync(silo =>
        {
            silo.Services.AddSingleton(new Storm(Size));
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromSeconds(5);
                options.CollectionAge = TimeSpan.FromSeconds(10);
            });
        });
        var storm = host.Services.GetRequiredService<Storm>();
        await Task.WhenAll(Enumerable.Range(0, Size).Select(i => host.Grains.GetGrain<IStormGrain>(i).Touch())).WaitAsync(GrainHost.Patience);
        storm.Added.ShouldBe(Size);

        host.Time.Advance(TimeSpan.FromSeconds(20));
        await storm.Over.WaitAsync(GrainHost.Patience);

        // The last of them end just after they say so.
        for (var i = 0; i < 100 && storm.InMemory > Size / 1000; i++)
        {
            await GrainHost.PoolAsync();
            GC.Collect();
        }

        storm.InMemory.ShouldBeLessThanOrEqualTo(Size / 1000);
    }
}
