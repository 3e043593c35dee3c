namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>What one message to one browser is encrypted with (RFC 8291 section 3.4); never for two.</summary>
/// <param name="SenderPoint">The message's own public key, an uncompressed point of P-256.</param>
/// <param name="InputKey">The input keying material, 32 bytes.</param>
internal sealed record PreparedPush(byte[] SenderPoint, byte[] InputKey);
