using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.Embedded.Mqtt.Broker.Listening;

/// <summary>Makes what a TLS handshake needs from the options.</summary>
internal static class ServerTls
{
    /// <exception cref="CryptographicException">A file has no usable certificate or key, or authorities were given and there is none.</exception>
    public static SslServerAuthenticationOptions Create(MqttBrokerTlsOptions options)
    {
        var authorities = Authorities(options);
        var server = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Certificate(options),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            ClientCertificateRequired = authorities.Count > 0,
        };
        if (authorities.Count > 0)
        {
            server.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            server.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
            server.RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null
                ? !options.RequireClientCertificate
                : errors == SslPolicyErrors.None;
        }

        return server;
    }

    private static SslStreamCertificateContext Certificate(MqttBrokerTlsOptions options)
    {
        if (options.Certificate is { } given)
        {
            return SslStreamCertificateContext.Create(given, null, offline: true);
        }

        var path = options.CertificatePath!;
        var intermediates = new X509Certificate2Collection();
        intermediates.ImportFromPemFile(path);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(path, options.KeyPath), intermediates, offline: true);
    }

    private static X509Certificate2Collection Authorities(MqttBrokerTlsOptions options)
    {
        var authorities = new X509Certificate2Collection(options.ClientAuthorities ?? []);
        if (options.ClientAuthoritiesPath is { } path)
        {
            var before = authorities.Count;
            authorities.ImportFromPemFile(path);
            ThrowIfNone(authorities.Count - before, path);
        }
        else if (options.ClientAuthorities is not null)
        {
            ThrowIfNone(authorities.Count, nameof(options.ClientAuthorities));
        }

        return authorities;
    }

    // Without an authority no client would be asked for a certificate: who set one up must hear of it, not everybody be let in.
    private static void ThrowIfNone(int count, string source)
    {
        if (count == 0)
        {
            throw new CryptographicException($"There is no certificate of an authority in {source}.");
        }
    }
}
