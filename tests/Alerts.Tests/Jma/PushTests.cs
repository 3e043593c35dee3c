using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Jma.Intake;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>WebSub: the subscriber's side (W3C Recommendation, sections 5 to 8).</summary>
public sealed class PushTests
{
    [Fact]
    public async Task Push_WhenTheHubVerifiesWhatWasAsked_TheLeaseIsAgreedAndRenewedBeforeItEnds()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        await RenewAsync(app);
        var asked = agency.Subscription!;
        (asked["hub.mode"].ToString(), asked["hub.topic"].ToString()).ShouldBe(("subscribe", agency.Feed));
        asked["hub.secret"].ToString().Length.ShouldBe(64);

        using var answer = await app.Client.GetAsync(Verify(asked["hub.callback"].ToString(), agency.Feed, lease: 3600));
        (answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, "challenge-1"));
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await RenewAsync(app);
        agency.Subscription.ShouldBeSameAs(asked);
        app.Clock.Advance(TimeSpan.FromMinutes(50));
        await RenewAsync(app);
        agency.Subscription.ShouldNotBeSameAs(asked);
    }

    [Fact]
    public async Task Push_WhenSomebodyVerifiesWhatWasNotAsked_IsNotFound()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        var callback = Callback(app, agency);
        using var early = await app.Client.GetAsync(Verify(callback, agency.Feed, lease: 3600));
        early.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await RenewAsync(app);
        using var other = await app.Client.GetAsync(Verify(callback, "https://example.org/feed", lease: 3600));
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var end = await app.Client.GetAsync(new Uri(Verify(callback, agency.Feed, lease: 3600).ToString().Replace("subscribe", "unsubscribe", StringComparison.Ordinal), UriKind.Relative));
        end.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Push_WhenItsSignatureFits_ItIsAcceptedAndFetchedAfterwards(string method)
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        await RenewAsync(app);
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning()));
        using var pushed = await PushAsync(app, agency, agency.FeedXml(), method, agency.Subscription!["hub.secret"].ToString());
        pushed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        agency.Asked.ShouldBeEmpty();

        await app.Services.GetRequiredService<EntryFetcher>().DrainAsync(CancellationToken.None);
        await app.OneActiveAsync();
        // What was pushed is not fetched again when the feed is read.
        await IntakeTests.RoundAsync(app);
        agency.Asked.ShouldBe(["1.xml", "/feed/eqvol.xml"]);
    }

    [Theory]
    [InlineData("sha256", "another-secret", HttpStatusCode.Forbidden)]
    [InlineData("md5", null, HttpStatusCode.Forbidden)]
    [InlineData("", null, HttpStatusCode.Forbidden)]
    public async Task Push_WhenItsSignatureFails_NothingIsSaved(string method, string? secret, HttpStatusCode expected)
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        await RenewAsync(app);
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning()));
        using var pushed = await PushAsync(app, agency, agency.FeedXml(), method, secret ?? agency.Subscription!["hub.secret"].ToString());
        (await AlertsApp.ProblemAsync(pushed, expected)).ShouldBe("signature-invalid");
        (await IntakeTests.EntriesAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_WhenOnlyTheFeedIsKnown_ItsCallbackCannotBeTold()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        await RenewAsync(app);
        var asked = agency.Subscription!;
        var name = new Uri(asked["hub.callback"].ToString()).Segments[^1];
        name.Length.ShouldBe(32);
        asked["hub.secret"].ToString().ShouldNotContain(name);
        var guess = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(agency.Feed)));
        string[] guesses = [guess[..12], guess[..32], PushSignature.NameOf("", new Uri(agency.Feed))];
        foreach (var other in guesses)
        {
            using var answer = await app.Client.GetAsync(Verify(asked["hub.callback"].ToString().Replace(name, other, StringComparison.Ordinal), agency.Feed, lease: 3600));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Push_WhenADenialComesWhileItIsAgreed_IsNotBelieved()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        using var early = await app.Client.GetAsync(Deny(app, agency));
        early.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await RenewAsync(app);
        var asked = agency.Subscription!;
        using var agreed = await app.Client.GetAsync(Verify(asked["hub.callback"].ToString(), agency.Feed, lease: 3600));
        using var denied = await app.Client.GetAsync(Deny(app, agency));
        denied.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await RenewAsync(app);
        agency.Subscription.ShouldBeSameAs(asked);

        // Not so where it was only asked for: then a verification that comes after it is not answered.
        app.Clock.Advance(TimeSpan.FromMinutes(50));
        using var ended = await app.Client.GetAsync(Deny(app, agency));
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var late = await app.Client.GetAsync(Verify(asked["hub.callback"].ToString(), agency.Feed, lease: 3600));
        late.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(4_000_000_000, 119)]
    [InlineData(0, 0)]
    public async Task Push_WhenTheLeaseIsNotAsAsked_IsAskedForAgainInTime(long lease, int hoursAgreed)
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        await RenewAsync(app);
        var asked = agency.Subscription!;
        using var agreed = await app.Client.GetAsync(Verify(asked["hub.callback"].ToString(), agency.Feed, lease));
        agreed.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await RenewAsync(app);
        agency.Subscription.ShouldBeSameAs(asked);
        app.Clock.Advance(TimeSpan.FromMinutes(6) + TimeSpan.FromHours(hoursAgreed));
        await RenewAsync(app);
        agency.Subscription.ShouldNotBeSameAs(asked);
    }

    // PostgreSQL has no place for the secret, so its file is named.
    private static Task<AlertsApp> StartAsync(FakeAgency agency) => AlertsApp.StartAsync(null, agency.Settings(
        "--Alerts:Jma:Hub", agency.Address + "/hub",
        "--Alerts:Jma:Callback", "http://127.0.0.1/api/162043/alerts/jma/push/",
        "--Alerts:Jma:SecretFile", Path.Combine(agency.Folder, "push.key")));

    private static Task RenewAsync(AlertsApp app) => app.Services.GetRequiredService<PushSubscriber>().RenewAsync(CancellationToken.None);

    // The hub knows the address through a proxy; the test goes to the service itself.
    private static string Callback(AlertsApp app, FakeAgency agency)
        => new Uri(app.Client.BaseAddress!, AlertsApp.Town("jma/push/" + PushSignature.NameOf(app.Services.GetRequiredService<PushKey>().Value!, new Uri(agency.Feed)))).AbsoluteUri;

    private static Uri Verify(string callback, string topic, long lease)
        => new($"{new Uri(callback).AbsolutePath}?hub.mode=subscribe&hub.topic={Uri.EscapeDataString(topic)}&hub.challenge=challenge-1&hub.lease_seconds={lease}", UriKind.Relative);

    private static Uri Deny(AlertsApp app, FakeAgency agency)
        => new($"{new Uri(Callback(app, agency)).AbsolutePath}?hub.mode=denied&hub.topic={Uri.EscapeDataString(agency.Feed)}&hub.reason=no", UriKind.Relative);

    private static async Task<HttpResponseMessage> PushAsync(AlertsApp app, FakeAgency agency, string feed, string method, string secret)
    {
        var body = Encoding.UTF8.GetBytes(feed);
        var key = Encoding.UTF8.GetBytes(secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, Callback(app, agency)) { Content = new ByteArrayContent(body) };
        if (method.Length > 0)
        {
            var hash = method == "sha1" ? HMACSHA1.HashData(key, body) : HMACSHA256.HashData(key, body);
            request.Headers.Add("X-Hub-Signature", $"{method}={Convert.ToHexStringLower(hash)}");
        }

        return await app.Client.SendAsync(request);
    }
}
