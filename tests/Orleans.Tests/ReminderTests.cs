using System.Globalization;
using Orleans.Hosting;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Reminder_WhenDue_ActivatesTheGrainAndTells()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.Register("level", 2 * Minute, 5 * Minute);
        await grain.Leave();

        host.Time.Advance(2 * Minute - TimeSpan.FromSeconds(1));
        await GrainHost.PoolAsync();
        host.Probe.Log.ShouldBe(["activated"]);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.Probe.ReachedAsync("tick 1");

        host.Probe.Log.ShouldBe(["activated", "activated", "level after 0 of 5"]);
    }

    [Fact]
    public async Task Reminder_WhenItTicked_TicksAgainEachPeriod()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("level", 5 * Minute, 5 * Minute);

        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("tick 3"), TimeSpan.FromSeconds(10));

        // On a busy machine the clock goes on while a tick is on its way: one may be missed, or be late. None comes early or twice.
        var periods = Minutes(host).Select(static minutes => Math.Floor(minutes / 5)).ToArray();
        periods[0].ShouldBe(0);
        periods.ShouldBe(periods.Distinct().Order());
    }

    [Fact]
    public async Task Reminder_WhenTheGrainThrows_TicksAgain()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("failing", TimeSpan.Zero, Minute);

        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("tick 3"), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Reminder_WhenTheGrainIsSlow_DoesNotOverlapAndSkipsWhatItMissed()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("slow", Minute, Minute);
        host.Time.Advance(Minute);
        await host.Probe.ReachedAsync("slow 1");

        host.Time.Advance(2.5 * Minute);
        host.Probe.Open("slow 1");
        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("slow 2"), TimeSpan.FromSeconds(1));

        var log = host.Probe.Log;
        log[1].ShouldBe("slow after 0 of 1");
        log[2].ShouldBe("slow ends");
        log[3].ShouldNotBe("slow after 1 of 1");
        log.Length.ShouldBe(4);
    }

    [Fact]
    public async Task Register_WhenTimesAreOutOfRange_Throws()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");

        await Should.ThrowAsync<ArgumentException>(grain.Register("a", Minute, TimeSpan.FromSeconds(59)));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(grain.Register("a", -Minute, Minute));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(grain.Register("a", Minute, Timeout.InfiniteTimeSpan));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(grain.Register("a", TimeSpan.MaxValue, Minute));
        await Should.ThrowAsync<ArgumentNullException>(grain.Register(" ", Minute, Minute));
        await grain.Register("rare", Minute, TimeSpan.MaxValue);
        (await grain.Names()).ShouldBe(["rare"]);
    }

    [Fact]
    public async Task Register_WhenGrainIsNotRemindable_Throws()
    {
        await using var host = await StartAsync();

        (await Should.ThrowAsync<InvalidOperationException>(host.Grains.GetGrain<IDeafGrain>("a").Register())).Message.ShouldContain("IRemindable");
    }

    [Fact]
    public async Task Register_WhenTheNameExists_ReplacesTimes()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.Register("level", Minute, Minute);
        await grain.Register("level", 10 * Minute, 30 * Minute);
        (await grain.Names()).ShouldBe(["level"]);

        host.Time.Advance(10 * Minute);
        await host.Probe.ReachedAsync("tick 1");

        host.Probe.Log.ShouldBe(["activated", "level after 0 of 30"]);
    }

    [Fact]
    public async Task Unregister_WhenDone_EndsTheTicksAndMayBeRepeated()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.Register("level", Minute, Minute);
        (await grain.Has("level")).ShouldBeTrue();

        await grain.Unregister("level");
        await grain.Unregister("level");

        (await grain.Has("level")).ShouldBeFalse();
        host.Time.Advance(10 * Minute);
        (await grain.Names()).ShouldBeEmpty();
        host.Probe.Log.ShouldBe(["activated"]);
    }

    [Fact]
    public async Task Unregister_WhenTheHandleIsOutdated_Throws()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.Register("level", Minute, Minute);
        await grain.Register("level", Minute, 2 * Minute);

        await Should.ThrowAsync<ReminderException>(grain.UnregisterStale("level"));
        (await grain.Has("level")).ShouldBeTrue();
    }

    [Fact]
    public async Task Reminder_WhenTheClockIsSet_FollowsTheClock()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("level", 10 * Minute, 5 * Minute);

        host.Clock.Set(11 * Minute);
        host.Time.Advance(Minute);
        await host.Probe.ReachedAsync("tick 1");
        host.Probe.Log[1].ShouldBe("level after 2 of 5");

        // Set right again, the first tick does not come a second time, but the one after it comes when the clock says so.
        host.Clock.Set(-11 * Minute);
        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("tick 2"), TimeSpan.FromSeconds(10));
        host.Probe.Log[2].ShouldBe("level after 5 of 5");
    }

    [Fact]
    public async Task Reminder_WhenItTickedByAClockFarAhead_IsNotSilentOnceTheClockIsRight()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("level", 10 * Minute, 5 * Minute);
        host.Clock.Set(TimeSpan.FromHours(24));
        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("tick 2"), TimeSpan.FromSeconds(10));

        host.Clock.Set(TimeSpan.FromHours(-24));
        await host.AdvanceUntilAsync(host.Probe.ReachedAsync("tick 3"), TimeSpan.FromSeconds(10));

        // Silent, it would tick at 1,440 minutes; which tick before that comes first is for a busy machine to say.
        Minutes(host)[^1].ShouldBeLessThan(1440);
    }

    [Fact]
    public async Task Start_WhenThereIsNoTable_SaysSo()
    {
        await Should.ThrowAsync<OrleansConfigurationException>(GrainHost.StartAsync(silo => silo.AddReminders()));
    }

    private static double[] Minutes(GrainHost host) => host.Probe.Log.Where(static line => line.StartsWith("level", StringComparison.Ordinal))
        .Select(static line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)).ToArray();

    // Hours pass by this clock while a busy machine delivers a tick, and a caller would give up after half a minute.
    private static Task<GrainHost> StartAsync() => GrainHost.StartAsync(static silo =>
    {
        silo.UseInMemoryReminderService();
        silo.Configure<global::Orleans.Configuration.ClientMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromDays(1));
    });
}
