using System.Security.Cryptography;
using System.Text;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>
/// <c>X-Hub-Signature</c> of WebSub (W3C Recommendation 23 January 2018, section 8): <c>method=hexadecimal HMAC of the body</c>. Hubs of
/// the older PubSubHubbub sign with SHA-1, so it is taken as well: what is signed is a wake-up whose links are fetched from allowed hosts only.
/// </summary>
public static class PushSignature
{
    public static bool IsValid(string? header, byte[] secret, byte[] body)
    {
        var parts = (header ?? "").Split('=', 2);
        if (parts.Length != 2 || parts[1].Length % 2 != 0 || !parts[1].All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var expected = parts[0].ToLowerInvariant() switch
        {
            "sha1" => HMACSHA1.HashData(secret, body),
            "sha256" => HMACSHA256.HashData(secret, body),
            "sha384" => HMACSHA384.HashData(secret, body),
            "sha512" => HMACSHA512.HashData(secret, body),
            _ => null,
        };
        return expected is not null && CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(parts[1]));
    }

    /// <summary>The secret of one feed's subscription: no feed's signature fits another.</summary>
    /// <param name="key">The installation's.</param>
    public static string SecretOf(string key, Uri feed) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(feed.AbsoluteUri)));

    /// <summary>The last part of a feed's callback address. Only who knows the key can tell it, since a hub's verification is not signed (WebSub, section 8: capability URL).</summary>
    /// <param name="key">The installation's.</param>
    public static string NameOf(string key, Uri feed)
        => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes("callback " + feed.AbsoluteUri)).AsSpan(0, 16));
}
