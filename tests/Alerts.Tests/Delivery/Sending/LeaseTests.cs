using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Tests.Delivery.Sending;

/// <summary>A delivery whose lease ends before its outcome is written.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Keep_WhenTheOutcomeIsKnownButNotWritten_WritesItInsteadOfTryingAgain()
    {
        await using var app = await DeliveryApp.StartAsync();
        // Of a channel that nobody sends by: the test takes it itself.
        await DamageTests.RunAsync(app, $"""
            INSERT INTO delivery_plan (municipality, message_id, alert_id, msg_type, issued_at, expires, payload, is_self_test, planned_to, planned_at)
            VALUES ('{TestTown.Uozu}', 'a', 'a', 'Alert', 0, 4102444800000000, '', false, '', 0)
            """);
        await DamageTests.RunAsync(app, """
            INSERT INTO delivery (sequence, subscription_id, municipality, channel, rank, state, attempts, next_at, maybe_arrived, queued_at)
            SELECT sequence, 'one', municipality, 'pigeon', 0, 'queued', 0, 0, false, 0 FROM delivery_plan
            """);
        var kind = app.Services.GetRequiredService<TownDatabases>().Of(null);
        var store = app.Services.GetRequiredService<LedgerStore>();
        var queue = new SettleQueue(kind, store, 10, app.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value, app.Clock, NullLogger.Instance);
        async Task<LedgerRow> TakeAsync() => (await store.TakeAsync(kind, "pigeon", 1, Lease, CancellationToken.None))!.ShouldHaveSingleItem();

        var first = await TakeAsync();
        (await queue.KeepAsync(first)).ShouldBeFalse();
        await queue.AddAsync(Settlement.Of(first, DeliveryOutcome.Confirmed, null, app.Clock.GetUtcNow(), app.Clock.GetUtcNow(), DateTimeOffset.MaxValue, 3, TimeSpan.Zero));
        app.Clock.Advance(Lease + Lease);
        (await queue.KeepAsync(await TakeAsync())).ShouldBeTrue();
        queue.Complete();
        await queue.RunAsync(CancellationToken.None);
        (await app.Database.ColumnAsync("SELECT state FROM delivery WHERE lease IS NULL AND next_at IS NULL")).ShouldBe(["confirmed"]);
    }

    [Fact]
    public async Task Start_WhenALeaseLeavesNoTimeToSettle_Refuses()
        => (await Should.ThrowAsync<OptionsValidationException>(() => DeliveryApp.StartAsync("--Delivery:LeaseSeconds=15"))).Message.ShouldContain("Delivery:LeaseSeconds");
}
