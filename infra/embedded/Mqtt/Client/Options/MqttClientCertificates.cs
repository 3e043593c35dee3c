using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Gives the client's certificates anew at every connect.</summary>
public interface IMqttClientCertificatesProvider
{
    X509CertificateCollection? GetCertificates();
}

/// <summary>Fixed certificates.</summary>
public sealed class DefaultMqttCertificatesProvider : IMqttClientCertificatesProvider
{
    private readonly X509Certificate2Collection? _certificates;

    public DefaultMqttCertificatesProvider(X509Certificate2Collection? certificates) => _certificates = certificates;

    public DefaultMqttCertificatesProvider(IEnumerable<X509Certificate>? certificates)
    {
        if (certificates is not null)
        {
            _certificates = [];
            foreach (var certificate in certificates)
            {
                _certificates.Add(certificate);
            }
        }
    }

    public X509CertificateCollection? GetCertificates() => _certificates;
}

/// <summary>A server's certificate to be judged.</summary>
public sealed class MqttClientCertificateValidationEventArgs(
    X509Certificate certificate, X509Chain chain, SslPolicyErrors sslPolicyErrors, IMqttClientChannelOptions clientOptions) : EventArgs
{
    public X509Certificate Certificate { get; } = certificate;

    public X509Chain Chain { get; } = chain;

    public IMqttClientChannelOptions ClientOptions { get; } = clientOptions ?? throw new ArgumentNullException(nameof(clientOptions));

    public SslPolicyErrors SslPolicyErrors { get; } = sslPolicyErrors;
}

/// <summary>The client's certificates, one of which is to be chosen.</summary>
public sealed class MqttClientCertificateSelectionEventArgs(
    string targetHost,
    X509CertificateCollection localCertificates,
    X509Certificate remoteCertificate,
    string[] acceptableIssuers,
    MqttClientTcpOptions tcpOptions) : EventArgs
{
    public string[] AcceptableIssuers { get; } = acceptableIssuers;

    public X509CertificateCollection LocalCertificates { get; } = localCertificates;

    /// <summary>The server's certificate; the name is upstream's.</summary>
    public X509Certificate RemoveCertificate { get; } = remoteCertificate;

    public string TargetHost { get; } = targetHost;

    public MqttClientTcpOptions TcpOptions { get; } = tcpOptions ?? throw new ArgumentNullException(nameof(tcpOptions));
}
