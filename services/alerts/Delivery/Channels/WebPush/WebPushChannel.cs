using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>Notifications of browsers (RFC 8030): encrypted for each, and replaced by the newest of a chain.</summary>
internal sealed class WebPushChannel(ReceiverClient client, PushKey key, PreparedPushes prepared, ITownDirectory towns, IOptions<DeliveryOptions> options, TimeProvider clock) : IDeliveryChannel
{
    public const string ChannelName = "web-push";

    private const int HighFromLevel = 3;
    private const int SecretBytes = 16;

    public string Name => ChannelName;

    public string? NotOffered => null;

    public bool NeedsConfirmation => false;

    public ChannelAddress Read(AddressRequest given)
    {
        var endpoint = ReceiverUrl.Read(given, "endpoint", options.Value.AllowPrivateReceivers);
        var (point, secret) = (Bytes(given, "p256dh"), Bytes(given, "auth"));
        try
        {
            PushEncryption.CheckPoint(point);
        }
        catch (CryptographicException)
        {
            throw new AddressFaultException("'p256dh' is no public key of a browser: base64url of an uncompressed point of P-256.");
        }

        if (secret.Length != SecretBytes)
        {
            throw new AddressFaultException("'auth' is not base64url of 16 bytes.");
        }

        var stored = new PushAddress(endpoint.AbsoluteUri, Base64Url.EncodeToString(point), Base64Url.EncodeToString(secret));
        return new ChannelAddress(JsonSerializer.Serialize(stored), endpoint.AbsoluteUri, $"{endpoint.Host}/…{endpoint.AbsoluteUri[^4..]}");
    }

    public string HostOf(string stored) => new Uri(Of(stored).Endpoint).Authority;

    public async Task<DeliveryOutcome> SendAsync(DeliveryJob job, CancellationToken cancellationToken)
    {
        var message = job.Message;
        var address = Of(job.Address);
        var endpoint = new Uri(address.Endpoint);
        var info = message.InfoFor(job.Languages);
        var text = message.Part("push/" + info.Language, () => PushText.Bytes(message, info));
        var (receiver, secret) = KeysOf(address);
        var body = PushEncryption.Encrypt(text, prepared.Take(receiver, secret) ?? PushEncryption.Prepare(receiver, secret));
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Version = endpoint.Scheme == "https" ? new Version(2, 0) : new Version(1, 1),
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        var timeToLive = Math.Max(0, (long)(message.View.Expires - clock.GetUtcNow()).TotalSeconds);
        request.Headers.TryAddWithoutValidation("TTL", timeToLive.ToString(CultureInfo.InvariantCulture));
        // RFC 8030 section 5.3: high reaches a telephone that saves its battery.
        request.Headers.TryAddWithoutValidation("Urgency", message.Weight >= HighFromLevel && !message.IsCancel ? "high" : "normal");
        request.Headers.TryAddWithoutValidation("Topic", message.Topic);
        request.Headers.TryAddWithoutValidation("Authorization", key.AuthorizationFor(endpoint, ContactOf(job.Row.Municipality)));
        return await client.SendAsync(request, DeliveryOutcome.Sent, cancellationToken);
    }

    /// <summary>The keys of a stored address.</summary>
    internal static (byte[] Receiver, byte[] Secret) KeysOf(string stored) => KeysOf(Of(stored));

    private static (byte[] Receiver, byte[] Secret) KeysOf(PushAddress address) => (Base64Url.DecodeFromChars(address.P256dh), Base64Url.DecodeFromChars(address.Auth));

    private string ContactOf(string municipality)
        => options.Value.Contact ?? "mailto:" + (towns.TryGet(municipality, out var town) && town.AlertSender.Length > 0 ? town.AlertSender : "postmaster@localhost");

    private static byte[] Bytes(AddressRequest given, string field)
    {
        try
        {
            // Some browsers' scripts give base64 with padding.
            return Base64Url.DecodeFromChars(given.Text(field, 200).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        }
        catch (FormatException)
        {
            throw new AddressFaultException($"'{field}' is not base64url.");
        }
    }

    private static PushAddress Of(string stored) => JsonSerializer.Deserialize<PushAddress>(stored)!;

    private sealed record PushAddress(string Endpoint, string P256dh, string Auth);
}
