using System.Security.Cryptography;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>Encrypts for one browser, so that no push service can read it (RFC 8291, on the content coding of RFC 8188).</summary>
internal static class PushEncryption
{
    public const int SaltBytes = 16;

    /// <summary>Largest text: push services take 4,096 bytes of body (RFC 8030 section 7.2), of which 103 are not text.</summary>
    public const int MostBytes = 4096 - HeaderBytes - TagBytes - 1;

    private const int PointBytes = 65;
    private const int HeaderBytes = SaltBytes + 4 + 1 + PointBytes;
    private const int TagBytes = 16;
    private const int RecordBytes = 4096;

    /// <summary>The half that is the same whatever the message says, and nearly all of the work: a key for one message, and what it has in common with the browser's.</summary>
    /// <param name="receiver">The browser's public key <c>p256dh</c>, an uncompressed point.</param>
    /// <param name="secret">The browser's <c>auth</c>, 16 bytes.</param>
    public static PreparedPush Prepare(byte[] receiver, byte[] secret)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Prepare(receiver, secret, sender);
    }

    /// <param name="sender">A key for one message alone.</param>
    internal static PreparedPush Prepare(byte[] receiver, byte[] secret, ECDiffieHellman sender)
    {
        var senderPoint = Point(sender.ExportParameters(includePrivateParameters: false).Q);
        using var receiverKey = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PointOf(receiver) });
        var shared = sender.DeriveRawSecretAgreement(receiverKey.PublicKey);

        // RFC 8291 section 3.4.
        var keyInfo = Join("WebPush: info\0"u8, receiver, senderPoint);
        return new PreparedPush(senderPoint, HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, keyInfo));
    }

    /// <param name="prepared">For this message alone.</param>
    /// <returns>A body of content coding <c>aes128gcm</c>.</returns>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, PreparedPush prepared) => Encrypt(text, prepared, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <param name="prepared">For this message alone.</param>
    /// <param name="salt">Random, for this message alone.</param>
    internal static byte[] Encrypt(ReadOnlySpan<byte> text, PreparedPush prepared, byte[] salt)
    {
        if (text.Length > MostBytes)
        {
            throw new ArgumentException($"{text.Length} bytes; a push message has room for {MostBytes}.", nameof(text));
        }

        // RFC 8188 sections 2.2 and 2.3.
        var pseudoRandom = HKDF.Extract(HashAlgorithmName.SHA256, prepared.InputKey, salt);
        var key = HKDF.Expand(HashAlgorithmName.SHA256, pseudoRandom, 16, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.Expand(HashAlgorithmName.SHA256, pseudoRandom, 12, "Content-Encoding: nonce\0"u8.ToArray());

        var body = new byte[HeaderBytes + text.Length + 1 + TagBytes];
        salt.CopyTo(body, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(SaltBytes), RecordBytes);
        body[SaltBytes + 4] = PointBytes;
        prepared.SenderPoint.CopyTo(body, SaltBytes + 5);
        // One record, the last one: a single 2 ends the text.
        var plain = Join(text, [2], []);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, body.AsSpan(HeaderBytes, plain.Length), body.AsSpan(HeaderBytes + plain.Length));
        return body;
    }

    /// <exception cref="CryptographicException">It is no point of the curve.</exception>
    public static void CheckPoint(byte[] point)
    {
        if (point.Length != PointBytes || point[0] != 4)
        {
            throw new CryptographicException("It is no uncompressed point of P-256.");
        }

        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PointOf(point) });
    }

    public static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];

    private static ECPoint PointOf(byte[] point) => new() { X = point[1..33], Y = point[33..] };

    private static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third) => [.. first, .. second, .. third];
}
