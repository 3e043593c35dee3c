using System.Net;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Subscriptions;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task Subscribe_WhenTaken_SaysWhatIsStoredAndStoresNoAddressInPlain()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var browser = new Browser(receiver, "/push/a-private-endpoint");
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeAsync(new { addresses = new[] { browser.Address }, languages = new[] { "ja-Hira" }, hazards = new[] { "flood" }, minimumLevel = 3 });
        made.Status.ShouldBe("active");
        made.Stored.Keys.ShouldBe(["ja", "ja-Hira", "en", "ko", "pt", "vi", "zh-Hans"], ignoreOrder: true);
        (await app.Database.ColumnAsync("SELECT address || masked || fingerprint FROM subscription_address"))[0].ShouldNotContain("a-private");
        (await app.Database.ColumnAsync("SELECT secret_hash FROM subscription"))[0].ShouldNotBe(made.Secret);
        using var mine = await app.AsOwnerAsync(HttpMethod.Get, made.Id, made.Secret);
        var seen = await AlertsApp.ReadAsync<SubscriptionView>(mine);
        seen.Secret.ShouldBeNull();
        seen.Hazards.ShouldBe(["flood"]);
    }

    [Fact]
    public async Task Subscribe_WhenTheSameBrowserAsksAgain_ChangesItsSubscription()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var browser = new Browser(receiver);
        await using var app = await DeliveryApp.StartAsync();
        var first = await app.SubscribeAsync(new { addresses = new[] { browser.Address } });
        var second = await app.SubscribeAsync(new { addresses = new[] { browser.Address }, minimumLevel = 4 });
        second.Id.ShouldBe(first.Id);
        second.MinimumLevel.ShouldBe(4);
        using var byOldSecret = await app.AsOwnerAsync(HttpMethod.Get, first.Id, first.Secret);
        byOldSecret.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Database.ColumnAsync("SELECT rank FROM subscription_address")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Subscribe_WhenABrowserHasANewAddress_ChangesTheSubscriptionOfItsSecret()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var before = new Browser(receiver, "/push/before");
        using var after = new Browser(receiver, "/push/after");
        await using var app = await DeliveryApp.StartAsync();
        var first = await app.SubscribeAsync(new { addresses = new[] { before.Address } });
        var second = await app.SubscribeAsync(new { addresses = new[] { after.Address } }, first.Secret);
        second.Id.ShouldBe(first.Id);
        (await app.Database.ColumnAsync("SELECT rank FROM subscription_address")).ShouldHaveSingleItem();
        // A guess is nobody's.
        using var another = new Browser(receiver, "/push/another");
        (await app.SubscribeAsync(new { addresses = new[] { another.Address } }, "guess")).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Subscribe_WhenAWebhookIsKnown_NeedsItsSecret()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var first = await app.SubscribeWebhookAsync(receiver);
        using var stranger = await app.TrySubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver) }, minimumLevel = 5 });
        (await AlertsApp.ProblemAsync(stranger, HttpStatusCode.Conflict)).ShouldBe("already-subscribed");
        var changed = await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver) }, minimumLevel = 5 }, first.Secret);
        changed.Id.ShouldBe(first.Id);
        changed.MinimumLevel.ShouldBe(5);
    }

    [Fact]
    public async Task End_WhenTheSecretIsTheOwners_DeletesAllOfIt()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeWebhookAsync(receiver);
        foreach (var (secret, town) in ((string?, string)[])[(null, TestTown.Uozu), ("guess", TestTown.Uozu), (made.Secret, TestTown.Nyuzen)])
        {
            using var refused = await app.AsOwnerAsync(HttpMethod.Delete, made.Id, secret, town);
            (await AlertsApp.ProblemAsync(refused, HttpStatusCode.NotFound)).ShouldBe("unknown-subscription");
        }

        using var ended = await app.AsOwnerAsync(HttpMethod.Delete, made.Id, made.Secret);
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Database.ColumnAsync("SELECT id FROM subscription")).ShouldBeEmpty();
        (await app.Database.ColumnAsync("SELECT channel FROM subscription_address")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Subscribe_WhenOneSourceFloods_LeavesRoomForOthers()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync("--Delivery:SubscriptionsPerSourceAndHour=2", "--Delivery:SubscriptionsPerTownAndMinute=3");
        async Task<HttpStatusCode> AskAsync(string path, string source)
        {
            using var response = await app.TrySubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, path) } }, source: source);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                response.Headers.RetryAfter.ShouldNotBeNull();
            }

            return response.StatusCode;
        }

        // The gateway's word comes first; sidecars add theirs behind.
        (await AskAsync("/1", "203.0.113.1, 10.0.0.5")).ShouldBe(HttpStatusCode.Created);
        (await AskAsync("/2", "2001:db8::1")).ShouldBe(HttpStatusCode.Created);
        (await AskAsync("/3", "2001:db8::2")).ShouldBe(HttpStatusCode.Created);
        // The same household as the two before; then the town has had enough for this minute.
        (await AskAsync("/4", "2001:db8::3")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await AskAsync("/5", "203.0.113.9")).ShouldBe(HttpStatusCode.TooManyRequests);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await AskAsync("/6", "2001:db8::3")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await AskAsync("/7", "203.0.113.9")).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Subscribe_WhenTheTownIsFull_IsRefused()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync("--Delivery:SubscriptionsPerTown=1");
        await app.SubscribeWebhookAsync(receiver, "/1");
        using var refused = await app.TrySubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/2") } });
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.TooManyRequests)).ShouldBe("town-is-full");
    }

    [Theory]
    [InlineData("http://example.org/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://intranet/hook")]
    [InlineData("https://user:secret@example.org/hook")]
    [InlineData("ftp://example.org/hook")]
    public async Task Subscribe_WhenTheUrlLeadsInside_IsRefused(string url)
    {
        await using var app = await AlertsApp.StartAsync();
        using var refused = await app.TrySubscribeAsync(new { addresses = new[] { new { channel = "webhook", url } } });
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity)).ShouldBe("address-not-usable");
    }

    [Theory]
    [InlineData("""{ "addresses": [] }""", "addresses-missing")]
    [InlineData("""{ "addresses": null }""", "addresses-missing")]
    [InlineData("""{ "addresses": [null] }""", "addresses-missing")]
    [InlineData("""{ "addresses": [{ "channel": null }] }""", "addresses-missing")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": 5 }] }""", "address-not-usable")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }], "languages": [null] }""", "language-unknown")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }], "hazards": [null] }""", "hazard-unknown")]
    [InlineData("""{ "addresses": [{ "channel": "pigeon" }] }""", "channel-not-offered")]
    [InlineData("""{ "addresses": [{ "channel": "webhook" }] }""", "address-not-usable")]
    [InlineData("""{ "addresses": [{ "channel": "web-push", "endpoint": "https://push.example.org/a", "p256dh": "AAAA", "auth": "AAAA" }] }""", "address-not-usable")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }, { "channel": "webhook", "url": "https://a.example.org/" }] }""", "address-given-twice")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }], "minimumLevel": 6 }""", "level-unknown")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }], "hazards": ["dragon"] }""", "hazard-unknown")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }], "district": "north" }""", "district-unknown")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/" }], "languages": ["日本語"] }""", "language-unknown")]
    [InlineData("""{ "addresses": [{ "channel": "webhook", "url": "https://a.example.org/?id=123456789018" }] }""", "my-number-refused")]
    public async Task Subscribe_WhenSomethingIsWrong_NamesIt(string body, string code)
    {
        await using var app = await AlertsApp.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var refused = await app.Client.PostAsync(new Uri(AlertsApp.Town("subscriptions"), UriKind.Relative), content);
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity)).ShouldBe(code);
        (await app.Database.ColumnAsync("SELECT id FROM subscription")).ShouldBeEmpty();
    }
}
