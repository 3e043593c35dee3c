using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Tests.Delivery.Sending;

/// <summary>Hosts that are ill for long, and people who have another address.</summary>
public sealed class HandOnTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly NextAddress Email = new("email", 1);

    [Fact]
    public async Task Send_WhenTheHostStaysIll_TriesTheNextAddressBeforeItsTriesAreUsedUp()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer(503);
        await using var receiver = await HttpReceiver.StartAsync();
        using var browser = new Browser(service);
        await using var app = await DeliveryApp.StartAsync("--Delivery:TriesBeforeNextAddress=20", "--Delivery:SecondsBeforeNextAddress=0.05");
        await app.SubscribeAsync(new { addresses = new[] { browser.Address, DeliveryApp.Webhook(receiver) } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        (await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed")).Channel.ShouldBe("webhook");
        service.All.Count.ShouldBeLessThan(20);
    }

    [Theory]
    [InlineData(10, "web-push")]
    [InlineData(61, "email")]
    public void Of_WhenTheHostIsLeftAlone_HandsOnWhoWaitedForLong(int waitedSeconds, string channel)
    {
        var outcome = DeliveryOutcome.NotTried("host-waits", Now.AddSeconds(1)) with { HostIsIll = true };
        After(outcome, waitedSeconds, Email).Channel.ShouldBe(channel);
    }

    [Fact]
    public void Of_WhenTheHostAsksForAnHour_HandsOnAtOnce()
        => After(DeliveryOutcome.Later("status-503", hostIsIll: true, Now.AddHours(1)), waitedSeconds: 1, Email).Channel.ShouldBe("email");

    [Fact]
    public void Of_WhenTheHostIsOnlyBusyOrThereIsNoOther_Waits()
    {
        After(DeliveryOutcome.NotTried("host-waits", Now.AddSeconds(2)), waitedSeconds: 300, Email).Channel.ShouldBe("web-push");
        var alone = After(DeliveryOutcome.NotTried("host-waits", Now.AddSeconds(2)) with { HostIsIll = true }, waitedSeconds: 300, null);
        (alone.State, alone.Channel, alone.NextAt).ShouldBe((DeliveryState.Queued, "web-push", Now.AddSeconds(2)));
    }

    [Fact]
    public async Task Leave_WhenOneAnswerAsksForAnHour_PausesForABoundedTime()
    {
        var line = new HostLine(128, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)));
        (await line.EnterAsync(Now)).ShouldBeNull();
        line.Leave(isIll: true, Now, Now.AddHours(1));
        line.IsPaused(Now.AddSeconds(29)).ShouldBeTrue();
        (await line.EnterAsync(Now.AddSeconds(29))).ShouldBe(Now.AddSeconds(30));
        (await line.EnterAsync(Now.AddSeconds(30))).ShouldBeNull();
    }

    private static Settlement After(DeliveryOutcome outcome, int waitedSeconds, NextAddress? next)
    {
        var row = new LedgerRow(1, "one", TestTown.Uozu, "web-push", 0, 1, false, "lease", Now.AddSeconds(30), Now.AddSeconds(-waitedSeconds));
        return Settlement.Of(row, outcome, next, Now, Now.AddSeconds(2), Now.AddHours(6), 3, Patience);
    }
}
