using System.Net;
using System.Text.RegularExpressions;
using MimeKit;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Delivery.Sending;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Channels;

public sealed partial class EmailTests
{
    private static readonly object Request = new { addresses = new[] { new { channel = "email", address = "hanako@example.jp" } }, languages = new[] { "ja", "en" } };

    [Fact]
    public async Task Subscribe_WhenTheMailboxConfirms_GetsAlertsWithAWayOut()
    {
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        var pending = await app.SubscribeAsync(Request);
        pending.Status.ShouldBe("confirmation-needed");
        pending.Secret.ShouldBeNull();
        var link = LinkIn(await mailbox.NextAsync());
        using var confirmed = await app.Client.PostAsync(link, null);
        var view = await AlertsApp.ReadAsync<ConfirmedView>(confirmed);
        view.Id.ShouldBe(pending.Id);
        view.Secret.ShouldNotBeNull();

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var mail = await mailbox.NextAsync();
        var alert = await app.OneActiveAsync();
        mail.To.ToString().ShouldBe("hanako@example.jp");
        mail.Subject.ShouldBe(alert.Info.Single(info => info.Language == "ja").Headline);
        mail.TextBody!.ShouldContain(alert.Info.Single(info => info.Language == "en").Instruction);
        mail.MessageId.ShouldStartWith(alert.Id + ".");
        var row = await app.DeliveryWhenAsync(alert.Id, "sent");
        row.Address.ShouldBe("h…@example.jp");

        mail.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        using var ended = await app.Client.PostAsync(Local(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        ended.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Database.ColumnAsync("SELECT masked FROM subscription_address")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Confirm_WhenTheLinkIsUsedAgain_DoesNothing()
    {
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        var pending = await app.SubscribeAsync(Request);
        var link = LinkIn(await mailbox.NextAsync());
        (await app.Client.GetStringAsync(link)).ShouldContain("<button>");
        using var first = await app.Client.PostAsync(link, null);
        var secret = (await AlertsApp.ReadAsync<ConfirmedView>(first)).Secret;
        using var second = await app.Client.PostAsync(link, null);
        (await AlertsApp.ProblemAsync(second, HttpStatusCode.NotFound)).ShouldBe("confirm-token-unknown");
        using var ended = await app.AsOwnerAsync(HttpMethod.Delete, pending.Id, secret);
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var third = await app.Client.PostAsync(link, null);
        third.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Database.ColumnAsync("SELECT id FROM subscription")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Confirm_WhenTheLinkIsOfAnotherTown_DoesNothing()
    {
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        await app.SubscribeAsync(Request);
        var link = LinkIn(await mailbox.NextAsync());
        using var elsewhere = await app.Client.PostAsync(new Uri(link.ToString().Replace(TestTown.Uozu, TestTown.Nyuzen, StringComparison.Ordinal), UriKind.Relative), null);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Subscribe_WhenTheMailboxIsKnown_AnswersTheSameAndChangesNothingUntilConfirmed()
    {
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        var first = await app.SubscribeAsync(Request);
        using var confirmed = await app.Client.PostAsync(LinkIn(await mailbox.NextAsync()), null);
        var secret = (await AlertsApp.ReadAsync<ConfirmedView>(confirmed)).Secret;
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        using var again = await app.TrySubscribeAsync(new { addresses = new[] { new { channel = "email", address = "Hanako@example.jp" } }, minimumLevel = 4 });
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await AlertsApp.ReadAsync<SubscriptionView>(again)).Id.ShouldBe(first.Id);
        var link = LinkIn(await mailbox.NextAsync());
        (await MineAsync(app, first.Id, secret)).MinimumLevel.ShouldBe(1);
        using var changed = await app.Client.PostAsync(link, null);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MineAsync(app, first.Id, secret)).MinimumLevel.ShouldBe(4);
    }

    [Fact]
    public async Task Subscribe_WhenNobodyConfirmsInTime_ForgetsTheMailbox()
    {
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        await app.SubscribeAsync(Request);
        var link = LinkIn(await mailbox.NextAsync());
        app.Clock.Advance(TimeSpan.FromHours(25));
        using var late = await app.Client.PostAsync(link, null);
        late.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while ((await app.Database.ColumnAsync("SELECT id FROM subscription")).Length > 0)
        {
            timeout.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Subscribe_WhenThereIsNoMailServer_SaysSo()
    {
        await using var app = await DeliveryApp.StartAsync();
        using var response = await app.TrySubscribeAsync(Request);
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("channel-not-offered");
    }

    [Fact]
    public async Task Subscribe_WhenAnotherMailboxCannotBeRead_IsAskedAllTheSame()
    {
        await using var mailbox = new Mailbox();
        await using var app = await DeliveryApp.StartAsync(mailbox.Settings);
        await app.SubscribeAsync(Request);
        await mailbox.NextAsync();
        await app.RestartAsync(() => DamageTests.RunAsync(app, "UPDATE subscription_address SET address = 'gone.AAAA', confirm_at = 1"));
        await app.SubscribeAsync(new { addresses = new[] { new { channel = "email", address = "taro@example.jp" } } });
        (await mailbox.NextAsync()).To.ToString().ShouldBe("taro@example.jp");
        (await app.Database.ColumnAsync("SELECT masked FROM subscription_address WHERE address = 'gone.AAAA' AND confirm_at IS NULL")).ShouldHaveSingleItem();
    }

    private static async Task<SubscriptionView> MineAsync(AlertsApp app, string id, string? secret)
    {
        using var response = await app.AsOwnerAsync(HttpMethod.Get, id, secret);
        return await AlertsApp.ReadAsync<SubscriptionView>(response);
    }

    private static Uri LinkIn(MimeMessage mail) => Local(Link().Match(mail.TextBody!).Value);

    // The portal's address leads to the gateway; here the service is asked itself.
    private static Uri Local(string link) => new(link.Replace("https://bousai.example", "", StringComparison.Ordinal), UriKind.Relative);

    [GeneratedRegex(@"https://bousai\.example/api/\S+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
