using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Secrets and tokens: 256 random bits, shown or mailed once, kept as a hash.</summary>
internal static class SubscriptionSecrets
{
    /// <summary>Header in which a subscriber proves to be the one who subscribed.</summary>
    public const string Header = "Subscription-Secret";

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewId() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool IsIt(string? given, string? hash)
        => given is not null && hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(given)), Encoding.ASCII.GetBytes(hash));
}
