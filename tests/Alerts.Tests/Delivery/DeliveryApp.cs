using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Delivery.Channels.Webhook;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Delivery;

/// <summary>What residents and officers do about deliveries.</summary>
internal static class DeliveryApp
{
    public const string Secret = "Subscription-Secret";

    private static readonly string[] Usual = ["--Delivery:AllowPrivateReceivers=true", "--Delivery:PollSeconds=0.05", "--Delivery:RetrySeconds=0.01", "--Delivery:LongestRetrySeconds=0.1"];

    public static string Officer(string municipality = TestTown.Uozu) => TestTokens.For("officer-" + municipality, "officer", municipality);

    /// <summary>With receivers on loopback allowed, and short pauses.</summary>
    public static Task<AlertsApp> StartAsync(params string[] arguments) => AlertsApp.StartAsync(null, [.. Usual, .. arguments]);

    /// <summary>The same where Uozu has a database of its own.</summary>
    public static Task<AlertsApp> StartIsolatedAsync() => AlertsApp.StartIsolatedAsync(Usual);

    public static async Task<HttpResponseMessage> TrySubscribeAsync(this AlertsApp app, object request, string? secret = null, string municipality = TestTown.Uozu, string? source = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, AlertsApp.Town("subscriptions", municipality)) { Content = JsonContent.Create(request, options: CityJson.Options) };
        if (secret is not null)
        {
            message.Headers.Add(Secret, secret);
        }

        if (source is not null)
        {
            message.Headers.Add("X-Forwarded-For", source);
        }

        return await app.Client.SendAsync(message);
    }

    public static async Task<SubscriptionView> SubscribeAsync(this AlertsApp app, object request, string? secret = null, string municipality = TestTown.Uozu)
    {
        using var response = await app.TrySubscribeAsync(request, secret, municipality);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<SubscriptionView>(response);
    }

    public static Task<SubscriptionView> SubscribeWebhookAsync(this AlertsApp app, HttpReceiver receiver, string path = "/hook")
        => app.SubscribeAsync(new { addresses = new[] { Webhook(receiver, path) } });

    public static object Webhook(HttpReceiver receiver, string path = "/hook") => new { channel = "webhook", url = receiver.Url + path };

    public static async Task<HttpResponseMessage> AsOwnerAsync(this AlertsApp app, HttpMethod method, string id, string? secret, string municipality = TestTown.Uozu)
    {
        using var request = new HttpRequestMessage(method, AlertsApp.Town("subscriptions/" + id, municipality));
        if (secret is not null)
        {
            request.Headers.Add(Secret, secret);
        }

        return await app.Client.SendAsync(request);
    }

    public static async Task<IReadOnlyList<DeliveryView>> DeliveriesAsync(this AlertsApp app, string messageId)
        => (await app.GetAsync<Page<DeliveryView>>(AlertsApp.Town($"{messageId}/deliveries?limit=200"), Officer())).Items;

    /// <summary>The rows of a message once they are as the test says.</summary>
    public static async Task<IReadOnlyList<DeliveryView>> DeliveriesWhenAsync(this AlertsApp app, string messageId, Predicate<IReadOnlyList<DeliveryView>> are)
    {
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while (true)
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"{messageId}/deliveries?limit=200"), Officer());
            // A message is there a moment before its recipients are.
            var rows = response.StatusCode == HttpStatusCode.OK ? (await AlertsApp.ReadAsync<Page<DeliveryView>>(response)).Items : [];
            if (are(rows))
            {
                return rows;
            }

            timeout.IsCancellationRequested.ShouldBeFalse($"Still: {JsonSerializer.Serialize(rows, CityJson.Options)}");
        }
    }

    public static async Task<DeliveryView> DeliveryWhenAsync(this AlertsApp app, string messageId, string status)
        => (await app.DeliveriesWhenAsync(messageId, rows => rows.Count == 1 && rows[0].Status == status))[0];

    /// <summary>The alert that a webhook was sent, after its signature was checked as its documentation says.</summary>
    public static AlertView ReadWebhook(Received received, string secret)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(received.Header("webhook-timestamp"), System.Globalization.CultureInfo.InvariantCulture));
        received.Header("webhook-signature").ShouldBe(WebhookSignature.Of(secret, received.Header("webhook-id"), at, received.Body));
        var body = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(received.Body));
        body.GetProperty("deliveryId").GetString().ShouldBe(received.Header("webhook-id"));
        received.Header("Idempotency-Key").ShouldBe(received.Header("webhook-id"));
        return body.GetProperty("alert").Deserialize<AlertView>(CityJson.Options)!;
    }
}
