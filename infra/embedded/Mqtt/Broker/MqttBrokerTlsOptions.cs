using System.Security.Cryptography.X509Certificates;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>
/// The broker's certificate, either an object or PEM files, and the clients' if they are to have one. TLS 1.2 and 1.3.
/// </summary>
public sealed record MqttBrokerTlsOptions
{
    /// <summary>With its private key; the caller keeps it alive while the broker runs.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>A PEM file with the certificate and, after it, the intermediate ones; used when <see cref="Certificate"/> is null.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>A PEM file with the private key; null when it is in the certificate's file.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Authorities that sign clients' certificates; a client may show one, and one that they did not sign is refused.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }

    /// <summary>A PEM file with such authorities.</summary>
    public string? ClientAuthoritiesPath { get; init; }

    /// <summary>Refuses clients without a certificate.</summary>
    public bool RequireClientCertificate { get; init; }
}
