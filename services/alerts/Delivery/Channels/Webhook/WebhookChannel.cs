using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery.Sending;

namespace SmartCity.Alerts.Delivery.Channels.Webhook;

/// <summary>The alert as JSON to somebody's own server, signed. A 2xx is its own word that it has it.</summary>
internal sealed class WebhookChannel(ReceiverClient client, IOptions<DeliveryOptions> options, TimeProvider clock) : IDeliveryChannel
{
    public string Name => "webhook";

    public string? NotOffered => null;

    public bool NeedsConfirmation => false;

    public ChannelAddress Read(AddressRequest given)
    {
        var url = ReceiverUrl.Read(given, "url", options.Value.AllowPrivateReceivers);
        var secret = WebhookSignature.NewSecret();
        return new ChannelAddress(JsonSerializer.Serialize(new WebhookAddress(url.AbsoluteUri, secret)), url.AbsoluteUri, $"{url.Host}/…", secret);
    }

    public string HostOf(string stored) => new Uri(Of(stored).Url).Authority;

    public async Task<DeliveryOutcome> SendAsync(DeliveryJob job, CancellationToken cancellationToken)
    {
        var address = Of(job.Address);
        var id = job.DeliveryId;
        var now = clock.GetUtcNow();
        // Ids need no escaping; the alert is the same bytes for everybody.
        byte[] body = [.. Encoding.UTF8.GetBytes($$"""{"deliveryId":"{{id}}","subscriptionId":"{{job.Row.SubscriptionId}}","alert":"""), .. job.Message.Json, (byte)'}'];
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Of(address.Secret, id, now, body));
        return await client.SendAsync(request, DeliveryOutcome.Confirmed, cancellationToken);
    }

    private static WebhookAddress Of(string stored) => JsonSerializer.Deserialize<WebhookAddress>(stored)!;

    private sealed record WebhookAddress(string Url, string Secret);
}
