using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Whether and how the connection is encrypted.</summary>
public sealed class MqttClientTlsOptions
{
    public bool AllowRenegotiation { get; set; } = true;

    public bool AllowUntrustedCertificates { get; set; }

    public List<SslApplicationProtocol>? ApplicationProtocols { get; set; }

    /// <summary>Chooses the client's certificate; over TCP only.</summary>
    public Func<MqttClientCertificateSelectionEventArgs, X509Certificate>? CertificateSelectionHandler { get; set; }

    /// <summary>Has the last word on the server's certificate, in place of the other options about it.</summary>
    public Func<MqttClientCertificateValidationEventArgs, bool>? CertificateValidationHandler { get; set; }

    public CipherSuitesPolicy? CipherSuitesPolicy { get; set; }

    /// <summary>Asked for the client's certificates at every connect.</summary>
    public IMqttClientCertificatesProvider? ClientCertificatesProvider { get; set; }

    public EncryptionPolicy EncryptionPolicy { get; set; } = EncryptionPolicy.RequireEncryption;

    public bool IgnoreCertificateChainErrors { get; set; }

    public bool IgnoreCertificateRevocationErrors { get; set; }

    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.Online;

    public SslProtocols SslProtocol { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The name that the server's certificate must carry; the host of the endpoint when null or empty.</summary>
    public string? TargetHost { get; set; }

    /// <summary>Certificates of authorities that are trusted in place of the system's.</summary>
    public X509Certificate2Collection? TrustChain { get; set; }

    public bool UseTls { get; set; }
}
