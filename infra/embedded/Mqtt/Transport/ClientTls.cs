using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>Makes what a TLS handshake needs from a client's options.</summary>
internal static class ClientTls
{
    public static SslClientAuthenticationOptions Create(MqttClientTlsOptions tls, string? host, IMqttClientChannelOptions channel)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = string.IsNullOrEmpty(tls.TargetHost) ? host ?? string.Empty : tls.TargetHost,
            EnabledSslProtocols = tls.SslProtocol,
            CertificateChainPolicy = ChainPolicy(tls),
            ClientCertificates = tls.ClientCertificatesProvider?.GetCertificates(),
            ApplicationProtocols = tls.ApplicationProtocols,
            CipherSuitesPolicy = tls.CipherSuitesPolicy,
            EncryptionPolicy = tls.EncryptionPolicy,
            AllowRenegotiation = tls.AllowRenegotiation,
        };
        if (tls.CertificateValidationHandler is { } validate)
        {
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors)
                => validate(new MqttClientCertificateValidationEventArgs(certificate!, chain!, errors, channel));
        }
        else if (tls.AllowUntrustedCertificates)
        {
            options.RemoteCertificateValidationCallback = (_, _, chain, errors) => errors == SslPolicyErrors.None || IsTolerated(tls, chain);
        }

        if (tls.CertificateSelectionHandler is { } select)
        {
            var tcp = channel as MqttClientTcpOptions
                ?? throw new NotSupportedException("Remote certificate selection callback is not supported for WebSocket connections.");
            options.LocalCertificateSelectionCallback = (_, target, local, remote, issuers)
                => select(new MqttClientCertificateSelectionEventArgs(target, local, remote!, issuers, tcp));
        }

        return options;
    }

    // As upstream: an untrusted certificate passes, but a missing part of the chain or of its revocation only if told so too.
    private static bool IsTolerated(MqttClientTlsOptions tls, X509Chain? chain)
    {
        var problems = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError;
        const X509ChainStatusFlags Revocation
            = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.Revoked | X509ChainStatusFlags.OfflineRevocation;
        return ((problems & Revocation) == X509ChainStatusFlags.NoError || tls.IgnoreCertificateRevocationErrors)
            && ((problems & X509ChainStatusFlags.PartialChain) == X509ChainStatusFlags.NoError || tls.IgnoreCertificateChainErrors);
    }

    private static X509ChainPolicy ChainPolicy(MqttClientTlsOptions tls)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = tls.IgnoreCertificateRevocationErrors ? X509RevocationMode.NoCheck : tls.RevocationMode,
        };
        if (tls.TrustChain is { Count: > 0 } trusted)
        {
            // A town's own authority seldom publishes a revocation list.
            policy.VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown;
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return policy;
    }
}
