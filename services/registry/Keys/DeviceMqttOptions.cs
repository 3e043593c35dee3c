using System.ComponentModel.DataAnnotations;

namespace SmartCity.Registry.Keys;

/// <summary>Configuration section <c>Registry:Mqtt</c>: the broker as devices reach it, and who else may use it.</summary>
public sealed record DeviceMqttOptions
{
    /// <summary>Name or address that is written into installers' QR codes.</summary>
    [Required]
    public string Host { get; init; } = "localhost";

    [Range(1, 65_535)]
    public int Port { get; init; } = 1883;

    /// <summary>The platform's own user on an external broker; it reads every device and sends commands.</summary>
    public string ServiceUserName { get; init; } = "service/telemetry";

    /// <summary>SHA-256 of that user's password in hexadecimal; without it the user is refused.</summary>
    [RegularExpression("^[0-9A-Fa-f]{64}$", ErrorMessage = "Registry:Mqtt:ServicePasswordSha256 is no SHA-256: give 64 hexadecimal digits.")]
    public string? ServicePasswordSha256 { get; init; }

    /// <summary>The user with which the transit service follows vehicles on an external broker.</summary>
    public string TransitUserName { get; init; } = "service/transit";

    /// <summary>SHA-256 of that user's password in hexadecimal; without it the user is refused.</summary>
    [RegularExpression("^[0-9A-Fa-f]{64}$", ErrorMessage = "Registry:Mqtt:TransitPasswordSha256 is no SHA-256: give 64 hexadecimal digits.")]
    public string? TransitPasswordSha256 { get; init; }
}
