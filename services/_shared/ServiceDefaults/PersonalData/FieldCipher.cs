using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// Encrypts single fields of rows with AES-256-GCM (NIST SP 800-38D). Each text is bound to its place, a name such as
/// <c>162043/subscription/abc/address</c>: moved to another row it does not decrypt.
/// </summary>
public sealed class FieldCipher(FieldKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <returns><c>{key id}.{base64url of nonce, tag and text}</c></returns>
    public string Encrypt(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedText.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Keys[keys.Current], TagBytes);
        aes.Encrypt(nonce, plain, sealedText.AsSpan(NonceBytes + TagBytes), sealedText.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(place));
        return $"{keys.Current}.{Base64UrlEncoder.Encode(sealedText)}";
    }

    /// <exception cref="CryptographicException">It was changed, belongs to another place, or its key is gone.</exception>
    public string Decrypt(string text, string place)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !keys.Keys.TryGetValue(text[..dot], out var key))
        {
            throw new CryptographicException("A field is encrypted with a key that is not among the field keys.");
        }

        var bytes = BytesOf(text[(dot + 1)..]);
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Whether it should be encrypted anew, since another key is current.</summary>
    public bool IsOfOldKey(string text) => !text.StartsWith(keys.Current + ".", StringComparison.Ordinal);

    /// <summary>The same for the same text and purpose, and of no use without the key: to find or compare what is encrypted.</summary>
    public string Fingerprint(string text, string purpose)
        => Base64UrlEncoder.Encode(HMACSHA256.HashData(keys.Index, Encoding.UTF8.GetBytes($"{purpose}\n{text}")));

    private static byte[] BytesOf(string base64)
    {
        try
        {
            var bytes = Base64UrlEncoder.DecodeBytes(base64);
            return bytes.Length >= NonceBytes + TagBytes ? bytes : throw new CryptographicException("An encrypted field was cut off.");
        }
        catch (FormatException exception)
        {
            throw new CryptographicException("An encrypted field was changed.", exception);
        }
    }
}
