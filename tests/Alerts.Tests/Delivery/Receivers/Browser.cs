using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Delivery.Receivers;

/// <summary>A browser's side of a push subscription, which reads what was encrypted for it (RFC 8291).</summary>
public sealed class Browser(HttpReceiver service, string path = "/push/abcdef") : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(16);

    public object Address => new { channel = "web-push", endpoint = service.Url + path, p256dh = Base64Url.EncodeToString(Point), auth = Base64Url.EncodeToString(_secret) };

    private byte[] Point
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    public PushText Read(Received received) => JsonSerializer.Deserialize<PushText>(Decrypt(received.Body, _key, Point, _secret), CityJson.Options)!;

    public static byte[] Decrypt(byte[] body, ECDiffieHellman key, byte[] point, byte[] secret)
    {
        var salt = body[..16];
        var sender = body[21..86];
        using var senderKey = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..] } });
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.DeriveRawSecretAgreement(senderKey.PublicKey), 32, secret, [.. "WebPush: info\0"u8, .. point, .. sender]);
        var contentKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
        var plain = new byte[body.Length - 86 - 16];
        using var aes = new AesGcm(contentKey, 16);
        aes.Decrypt(nonce, body.AsSpan(86, plain.Length), body.AsSpan(86 + plain.Length), plain);
        plain[^1].ShouldBe((byte)2);
        return plain[..^1];
    }

    public void Dispose() => _key.Dispose();
}
