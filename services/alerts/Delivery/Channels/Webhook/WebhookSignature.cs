using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.Alerts.Delivery.Channels.Webhook;

/// <summary>
/// How a receiver knows that a request is the town's, and a fresh one: headers and secrets of the Standard Webhooks
/// specification, for which there are libraries in many languages.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <param name="secret"><c>whsec_</c> and base64 of the key.</param>
    /// <returns><c>v1,</c> and base64 of the HMAC-SHA256 of <c>{id}.{timestamp}.{body}</c>.</returns>
    public static string Of(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[Prefix.Length..]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
