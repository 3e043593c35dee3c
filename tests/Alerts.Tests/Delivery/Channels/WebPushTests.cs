using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Channels;

public sealed class WebPushTests
{
    [Fact]
    public async Task Issue_WhenABrowserSubscribed_ItGetsWhatItAloneCanRead()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer(201);
        using var browser = new Browser(service);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { browser.Address }, languages = new[] { "en" } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);

        var received = await service.NextAsync();
        var alert = await app.OneActiveAsync();
        var text = browser.Read(received);
        text.Id.ShouldBe(alert.Id);
        text.Headline.ShouldBe(alert.Info.Single(info => info.Language == "en").Headline);
        text.Url.ShouldBe($"/162043/alerts/{alert.Id}");
        received.Header("Content-Encoding").ShouldBe("aes128gcm");
        received.Header("Urgency").ShouldBe("high");
        received.Header("Topic").Length.ShouldBe(32);
        int.Parse(received.Header("TTL"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(21_000, 21_600);
        await VapidShouldBeRightAsync(app, service, received.Header("Authorization"));
        (await app.DeliveryWhenAsync(alert.Id, "sent")).Address!.ShouldNotContain("abcdef");
    }

    [Fact]
    public async Task Update_WhenTheAlertWasSent_ReplacesItInTheSamePlace()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer(201);
        using var browser = new Browser(service);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { browser.Address } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await service.NextAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        var second = await service.NextAsync();
        await app.ClearAsync(TestTown.Level4, minute: 2);
        var third = await service.NextAsync();
        await app.ClearAsync(TestTown.Level3, minute: 3);
        var last = await service.NextAsync();

        new[] { second, third, last }.ShouldAllBe(received => received.Header("Topic") == first.Header("Topic"));
        var texts = new[] { first, second, third, last }.Select(browser.Read).ToList();
        texts.ConvertAll(text => text.MsgType).ShouldBe(["Alert", "Update", "Update", "Cancel"]);
        texts.ConvertAll(text => text.Tag).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_WhenTheBrowserIsGone_ForgetsTheSubscription()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer(410);
        using var browser = new Browser(service);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { browser.Address } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var delivery = await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "failed");
        delivery.Why.ShouldBe("gone");
        delivery.Address.ShouldBeNull();
        (await app.Database.ColumnAsync("SELECT id FROM subscription")).ShouldBeEmpty();
        (await app.Database.ColumnAsync("SELECT subscription_id FROM subscription_address")).ShouldBeEmpty();
    }

    private static async Task VapidShouldBeRightAsync(AlertsApp app, HttpReceiver service, string authorization)
    {
        var key = (await app.GetAsync<PushKeyView>(AlertsApp.Town("push-key"))).ApplicationServerKey;
        authorization.ShouldStartWith("vapid t=");
        authorization.ShouldEndWith(", k=" + key);
        var parts = authorization["vapid t=".Length..authorization.IndexOf(',', StringComparison.Ordinal)].Split('.');
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
        claims.GetProperty("aud").GetString().ShouldBe(service.Url);
        claims.GetProperty("sub").GetString().ShouldBe("mailto:bousai@city.uozu.example");
        var point = Base64Url.DecodeFromChars(key);
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        verifier.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
    }
}
