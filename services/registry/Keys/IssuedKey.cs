using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Registry.Keys;

/// <summary>What an installer needs; the key is in no other answer, ever.</summary>
public sealed record IssuedKey
{
    public required string KeyId { get; init; }

    /// <summary>MQTT password. Null when a repeated request is answered: the key was shown once.</summary>
    public string? Key { get; init; }

    /// <summary>MQTT user name.</summary>
    public required string UserName { get; init; }

    /// <summary>Where the device publishes.</summary>
    public required string Topic { get; init; }

    /// <summary>The QR code as SVG; asked for with <c>?qr=true</c> or <c>?qr=svg</c>.</summary>
    public string? QrSvg { get; init; }

    /// <summary>The QR code for a terminal; asked for with <c>?qr=text</c>.</summary>
    public string? QrText { get; init; }

    /// <summary>What to do where there is no key.</summary>
    public string? Hint { get; init; }

    /// <summary>A new key with the row that keeps its hash.</summary>
    internal static (IssuedKey Issued, DeviceKeyRow Row) New(string municipality, string device, string person, DateTimeOffset now, long version, string? requestId = null)
    {
        var key = DeviceKeyText.NewKey();
        var row = new DeviceKeyRow
        {
            Municipality = municipality,
            Device = device,
            KeyId = DeviceKeyText.NewId(),
            Sha256 = DeviceKeyText.HashOf(key),
            CreatedBy = person,
            CreatedAt = now,
            RequestId = requestId,
            Version = version,
        };
        return (Of(municipality, device, row.KeyId, key), row);
    }

    /// <summary>For a request that came again.</summary>
    internal static IssuedKey Again(string municipality, string device, string keyId) => Of(municipality, device, keyId, null) with
    {
        Hint = "This was done before, and the key was shown then: only its hash is kept. If the key is lost, make another with POST devices/{id}/keys.",
    };

    private static IssuedKey Of(string municipality, string device, string keyId, string? key) => new()
    {
        KeyId = keyId,
        Key = key,
        UserName = MqttTopic.UserName(municipality, device),
        Topic = new MqttTopic(municipality, device, MqttTopic.Telemetry).ToString(),
    };
}
