using System.Net;
using System.Text.RegularExpressions;
using MimeKit;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Subscriptions;

/// <summary>Strangers who name somebody else's mailbox beside an address of their own.</summary>
public sealed partial class MailboxOwnerTests
{
    private static readonly object Victim = new { channel = "email", address = "hanako@example.jp" };
    private static readonly object Alone = new { addresses = new[] { Victim } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Subscribe_WhenAStrangerNamedTheMailboxFirst_IsTheOwnersByEitherLink(bool isByStrangersLink)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        var strangers = await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver), Victim } });
        var link = LinkIn(await mailbox.NextAsync());
        if (!isByStrangersLink)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        var asked = await app.SubscribeAsync(Alone);
        asked.Id.ShouldNotBe(strangers.Id);
        using var confirmed = await app.Client.PostAsync(isByStrangersLink ? link : LinkIn(await mailbox.NextAsync()), null);
        var own = await AlertsApp.ReadAsync<ConfirmedView>(confirmed);
        own.Id.ShouldBe(asked.Id);
        own.Secret.ShouldNotBeNull();
        (await app.Database.ColumnAsync("SELECT subscription_id FROM subscription_address WHERE channel = 'email' AND confirmed_at IS NOT NULL")).ShouldBe([asked.Id]);
        using var late = await app.Client.PostAsync(link, null);
        late.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var ended = await app.AsOwnerAsync(HttpMethod.Delete, strangers.Id, strangers.Secret);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        (await mailbox.NextAsync()).To.ToString().ShouldBe("hanako@example.jp");
    }

    [Fact]
    public async Task Subscribe_WhenTheMailboxWasConfirmedInAnothersSubscription_MovesItToItsOwn()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        var strangers = await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver), Victim } });
        using var byMistake = await app.Client.PostAsync(LinkIn(await mailbox.NextAsync()), null);
        (await AlertsApp.ReadAsync<ConfirmedView>(byMistake)).Id.ShouldBe(strangers.Id);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await app.SubscribeAsync(Alone);
        using var confirmed = await app.Client.PostAsync(LinkIn(await mailbox.NextAsync()), null);
        (await AlertsApp.ReadAsync<ConfirmedView>(confirmed)).Id.ShouldBe(asked.Id);
        (await app.Database.ColumnAsync("SELECT subscription_id FROM subscription_address WHERE channel = 'email'")).ShouldBe([asked.Id]);
    }

    [Fact]
    public async Task Subscribe_WhenAStrangersSubscriptionBecomesTheMailboxAlone_IsStillNotTheOwners()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        var strangers = await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver), Victim } });
        using var alone = await app.TrySubscribeAsync(Alone, strangers.Secret);
        alone.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var asked = await app.SubscribeAsync(Alone);
        asked.Id.ShouldNotBe(strangers.Id);
        using var confirmed = await app.Client.PostAsync(LinkIn(await mailbox.NextAsync()), null);
        (await AlertsApp.ReadAsync<ConfirmedView>(confirmed)).Id.ShouldBe(asked.Id);
    }

    [Fact]
    public async Task Subscribe_WhenAMailboxIsKnown_LooksAsIfItWereNot()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        await app.SubscribeAsync(Alone);
        using var confirmed = await app.Client.PostAsync(LinkIn(await mailbox.NextAsync()), null);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(11));

        var seen = new List<string>();
        foreach (var address in new[] { "hanako@example.jp", "nobody@example.jp" })
        {
            object[] addresses = [DeliveryApp.Webhook(receiver, "/" + address[..3]), new { channel = "email", address }];
            using var response = await app.TrySubscribeAsync(new { addresses });
            response.StatusCode.ShouldBe(HttpStatusCode.Created);
            var made = await AlertsApp.ReadAsync<SubscriptionView>(response);
            using var mine = await app.AsOwnerAsync(HttpMethod.Get, made.Id, made.Secret);
            var later = await AlertsApp.ReadAsync<SubscriptionView>(mine);
            seen.Add(string.Join(',', made.Addresses.Concat(later.Addresses).Select(one => one.Channel + one.Status)));
            object[] two = [new { channel = "email", address }, new { channel = "email", address = "other@example.jp" }];
            using var together = await app.TrySubscribeAsync(new { addresses = two });
            together.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        seen[0].ShouldBe(seen[1]);
    }

    [Fact]
    public async Task Subscribe_WhenPostedAgainAndAgainWithTheSecret_SendsOneMailInTenMinutes()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        object request = new { addresses = new[] { DeliveryApp.Webhook(receiver), Victim } };
        var secret = (await app.SubscribeAsync(request)).Secret;
        var link = LinkIn(await mailbox.NextAsync());
        async Task<string?> DueAsync() => (await app.Database.ColumnAsync("SELECT COUNT(*) FROM subscription_address WHERE channel = 'email' AND confirm_tries = 0"))[0];
        for (var number = 0; number < 5; number++)
        {
            secret = (await app.SubscribeAsync(request, secret)).Secret;
            (await DueAsync()).ShouldBe("0");
        }

        mailbox.HasMore.ShouldBeFalse();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await app.SubscribeAsync(request, secret);
        var newer = LinkIn(await mailbox.NextAsync());
        newer.ShouldNotBe(link);
        using var confirmed = await app.Client.PostAsync(newer, null);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Uri LinkIn(MimeMessage mail) => new(Link().Match(mail.TextBody!).Value.Replace("https://bousai.example", "", StringComparison.Ordinal), UriKind.Relative);

    [GeneratedRegex(@"https://bousai\.example/api/\S+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
