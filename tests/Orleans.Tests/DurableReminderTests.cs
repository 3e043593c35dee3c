using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using SmartCity.Embedded.Orleans;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class DurableReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Reminder_WhenTheProcessIsKilled_TicksInTheNext()
    {
        using var directory = new TemporaryDirectory();
        var time = new FakeClock();
        await using var killed = await StartAsync(directory, time);
        var grain = killed.Grains.GetGrain<IReminderGrain>("片貝川/1");
        await grain.Register("level", 2 * Minute, 10 * Minute);
        await grain.Register("gone", Minute, Minute);
        await grain.Unregister("gone");
        using var image = directory.Image();
        await killed.StopAsync();

        time.Advance(25 * Minute);
        await using var next = await StartAsync(image, time);
        (await next.Grains.GetGrain<IReminderGrain>("片貝川/1").Names()).ShouldBe(["level"]);

        // As upstream, ticks missed meanwhile are not made up for: the next one is 2 + 3 × 10 minutes after the registration.
        time.Advance(7 * Minute - TimeSpan.FromSeconds(1));
        await GrainHost.PoolAsync();
        next.Probe.Log.ShouldBe(["activated"]);
        time.Advance(TimeSpan.FromSeconds(1));
        await next.Probe.ReachedAsync("tick 1");
        next.Probe.Log.ShouldBe(["activated", "level after 30 of 10"]);
    }

    [Fact]
    public async Task Reminder_WhenUnregisteredByTheHandleOfAnEarlierProcess_IsRemoved()
    {
        using var directory = new TemporaryDirectory();
        var id = GrainId.Create("reminder", "a");
        string etag;
        await using (var first = await StartAsync(directory, new FakeClock()))
        {
            await first.Grains.GetGrain<IReminderGrain>("a").Register("level", Minute, Minute);
            etag = (await Table(first).ReadRow(id, "level")).ShouldNotBeNull().ETag.ShouldNotBeNull();
        }

        await using var second = await StartAsync(directory, new FakeClock());
        (await Table(second).RemoveRow(id, "level", etag + "0")).ShouldBeFalse();
        (await Table(second).RemoveRow(id, "level", etag)).ShouldBeTrue();
        (await Table(second).ReadRows(0, 0)).Reminders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Table_WhenReadByHash_DividesAllRows()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory, new FakeClock());
        for (var i = 0; i < 100; i++)
        {
            await Table(host).UpsertRow(new ReminderEntry { GrainId = GrainId.Create("reminder", $"{i}"), ReminderName = "level", Period = Minute });
        }

        const uint Middle = uint.MaxValue / 2;
        var lower = (await Table(host).ReadRows(0, Middle)).Reminders;
        var upper = (await Table(host).ReadRows(Middle, 0)).Reminders;
        lower.Count.ShouldBeInRange(1, 99);
        lower.Concat(upper).Select(entry => entry.GrainId).Distinct().Count().ShouldBe(100);
        (await Table(host).ReadRows(0, 0)).Reminders.Count.ShouldBe(100);
        (await Table(host).ReadRows(GrainId.Create("reminder", "7"))).Reminders.Single().StartAt.Kind.ShouldBe(DateTimeKind.Utc);
    }

    private static IReminderTable Table(GrainHost host) => host.Services.GetRequiredService<IReminderTable>();

    private static Task<GrainHost> StartAsync(TemporaryDirectory directory, FakeClock time) =>
        GrainHost.StartAsync(silo => silo.AddJournalReminders(directory.Path), time);
}
