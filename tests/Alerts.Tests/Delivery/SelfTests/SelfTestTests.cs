using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Delivery.SelfTests;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Delivery.SelfTests;

public sealed class SelfTestTests
{
    [Fact]
    public async Task Begin_WhenChannelsWorkAndFail_SaysWhichDelivered()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(received => received.Path == "/hook" ? 403 : 201);
        using var browser = new Browser(receiver);
        await using var app = await DeliveryApp.StartAsync();
        var push = await app.SubscribeAsync(new { addresses = new[] { browser.Address } });
        var webhook = await app.SubscribeWebhookAsync(receiver);
        await app.SubscribeWebhookAsync(receiver, "/resident");
        await NameAsync(app, push, webhook);
        using var begun = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("self-tests"), DeliveryApp.Officer());
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var view = await CompleteAsync(app);
        view.IsProven.ShouldBeFalse();
        view.StartedBy.ShouldBe("officer-" + TestTown.Uozu);
        view.Channels.Select(result => (result.Channel, result.Status, result.Why)).ShouldBe(
            [("web-push", "delivered", null), ("email", "not-offered", view.Channels[1].Why), ("webhook", "failed", "status-403")]);
        var text = browser.Read(receiver.All.Single(received => received.Path != "/hook"));
        text.Status.ShouldBe("Test");
        text.Headline.ShouldStartWith("【試験】");
        text.Instruction.ShouldStartWith("【試験】");
        // Residents see nothing of it.
        receiver.All.ShouldNotContain(received => received.Path == "/resident");
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Look_WhenTheMonthHasBegun_TestsOnceAMonth()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await NameAsync(app, await app.SubscribeWebhookAsync(receiver));
        app.Clock.Advance(NextMonth(app.Clock.GetUtcNow()) - app.Clock.GetUtcNow());
        var calendar = app.Services.GetRequiredService<SelfTestCalendar>();
        await calendar.LookAsync(TestTown.Uozu, CancellationToken.None);
        await calendar.LookAsync(TestTown.Uozu, CancellationToken.None);
        await receiver.NextAsync();
        var test = (await app.GetAsync<Page<SelfTestView>>(AlertsApp.Town("self-tests"), DeliveryApp.Officer())).Items.ShouldHaveSingleItem();
        test.StartedBy.ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromDays(32));
        await calendar.LookAsync(TestTown.Uozu, CancellationToken.None);
        (await app.GetAsync<Page<SelfTestView>>(AlertsApp.Town("self-tests"), DeliveryApp.Officer())).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Recipients_WhenNamed_AreListedWithMaskedAddresses()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var named = await app.SubscribeWebhookAsync(receiver, "/secret-path");
        await app.SubscribeWebhookAsync(receiver, "/resident");
        await NameAsync(app, named);
        using var answer = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("self-tests/recipients"), DeliveryApp.Officer());
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("secret-path");
        var recipient = (await AlertsApp.ReadAsync<Page<TestRecipientView>>(answer)).Items.ShouldHaveSingleItem();
        recipient.Id.ShouldBe(named.Id);
        recipient.Addresses.ShouldHaveSingleItem().ShouldBe(new TestAddressView("webhook", "127.0.0.1/…", true));
    }

    [Fact]
    public async Task Begin_WhenNobodyIsNamed_SaysHowToNameThem()
    {
        await using var app = await DeliveryApp.StartAsync();
        using var refused = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("self-tests"), DeliveryApp.Officer());
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.Conflict)).ShouldBe("no-test-recipients");
        using var unknown = await app.SendAsync(HttpMethod.Put, AlertsApp.Town("self-tests/recipients"), DeliveryApp.Officer(), new { subscriptionIds = new[] { "nobody" } });
        (await AlertsApp.ProblemAsync(unknown, HttpStatusCode.UnprocessableEntity)).ShouldBe("unknown-subscription");
    }

    // Noon in Japan, on the second day of the month after next: whatever day the tests run, no test of that month has begun.
    private static DateTimeOffset NextMonth(DateTimeOffset now) => new DateTimeOffset(now.Year, now.Month, 2, 12, 0, 0, TimeSpan.FromHours(9)).AddMonths(2);

    private static async Task NameAsync(AlertsApp app, params SubscriptionView[] recipients)
    {
        using var named = await app.SendAsync(HttpMethod.Put, AlertsApp.Town("self-tests/recipients"), DeliveryApp.Officer(), new { subscriptionIds = recipients.Select(one => one.Id) });
        named.StatusCode.ShouldBe(HttpStatusCode.NoContent, await named.Content.ReadAsStringAsync());
    }

    private static async Task<SelfTestView> CompleteAsync(AlertsApp app)
    {
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while (true)
        {
            var test = (await app.GetAsync<Page<SelfTestView>>(AlertsApp.Town("self-tests"), DeliveryApp.Officer())).Items[0];
            if (test.IsComplete)
            {
                return test;
            }

            timeout.Token.ThrowIfCancellationRequested();
        }
    }
}
