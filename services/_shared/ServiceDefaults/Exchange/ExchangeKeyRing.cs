using System.Security.Cryptography;
using System.Text;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>The public keys whose seals are believed.</summary>
public sealed class ExchangeKeyRing : IDisposable
{
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);

    /// <param name="publicKeysPem">As <c>GET /api/registry/exchange-log/keys</c> gives them.</param>
    /// <exception cref="ArgumentException">A text is no PEM of a public key.</exception>
    public ExchangeKeyRing(IEnumerable<string> publicKeysPem)
    {
        foreach (var pem in publicKeysPem)
        {
            var key = ECDsa.Create();
            key.ImportFromPem(pem);
            _keys[IdOf(key)] = key;
        }
    }

    /// <summary>A key's id: the first 8 bytes of the SHA-256 of its SubjectPublicKeyInfo, in hexadecimal.</summary>
    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    /// <summary>Whether the key of that id signed the body.</summary>
    public bool Verify(string? keyId, string body, string signature)
    {
        var bytes = new byte[64];
        return keyId is not null && _keys.TryGetValue(keyId, out var key)
            && Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length
            // Base64 has several writings of the same bytes; only one of them is ours.
            && Convert.ToBase64String(bytes) == signature
            && key.VerifyData(Encoding.UTF8.GetBytes(body), bytes, HashAlgorithmName.SHA256);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
