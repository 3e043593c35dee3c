using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace SmartCity.Orleans.Tests.Hosting;

/// <summary>A host with grains, a clock that the test moves, and a probe that the grains report to.</summary>
internal sealed class GrainHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IHost _host;

    private GrainHost(IHost host, FakeClock time, SkewedClock clock)
    {
        _host = host;
        Time = time;
        Clock = clock;
    }

    public FakeClock Time { get; }

    /// <summary>The clock on the wall, which may be set without time passing.</summary>
    public SkewedClock Clock { get; }

    public Probe Probe => _host.Services.GetRequiredService<Probe>();

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<GrainHost> StartAsync(Action<ISiloBuilder>? configure = null, FakeClock? time = null)
    {
        time ??= new FakeClock();
        var clock = new SkewedClock(time);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<Probe>();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddMemoryGrainStorage("counters");
            silo.AddMemoryGrainStorageAsDefault();
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new GrainHost(host, time, clock);
    }

    /// <summary>Moves the time by steps until <paramref name="reached"/>, leaving room for what each step queued.</summary>
    public async Task AdvanceUntilAsync(Task reached, TimeSpan step)
    {
        for (var i = 0; i < 5000 && !reached.IsCompleted; i++)
        {
            Time.Advance(step);
            await SettleAsync();
        }

        await reached;
    }

    /// <summary>
    /// Leaves room for work that queues work: it waits in the queue of a thread that may have lost its core, and turns
    /// through the pool on another core would outrun it by hours of this clock.
    /// </summary>
    private static async Task SettleAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            await PoolAsync();
            Thread.Yield();
        }
        while (ThreadPool.PendingWorkItemCount > 0 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMilliseconds(20));
    }

    /// <summary>The pool's own queue is first in, first out: what was queued there before has begun when this returns.</summary>
    public static Task PoolAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.SetResult(), begun, preferLocal: false);
        return begun.Task;
    }

    public Task StopAsync() => _host.StopAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        Probe.OpenAll();
        await StopAsync();
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}
