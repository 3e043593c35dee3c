using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>Opens the byte stream of a client's connection, encrypted when the options say so.</summary>
internal static class SocketConnector
{
    public static async Task<Stream> ConnectAsync(MqttClientTcpOptions options, CancellationToken cancellationToken)
    {
        var endPoint = options.RemoteEndpoint ?? throw new ArgumentException("No endpoint is set.", nameof(options));
        var socket = options.AddressFamily == AddressFamily.Unspecified
            ? new Socket(SocketType.Stream, options.ProtocolType)
            : new Socket(options.AddressFamily, SocketType.Stream, options.ProtocolType);
        try
        {
            socket.NoDelay = options.NoDelay && options.ProtocolType == ProtocolType.Tcp;
            if (options.LocalEndpoint is not null)
            {
                socket.Bind(options.LocalEndpoint);
            }

            await socket.ConnectAsync(endPoint, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return options.TlsOptions is { UseTls: true } tls
                ? await EncryptAsync(stream, tls, tls.TargetHost ?? (endPoint as DnsEndPoint)?.Host ?? string.Empty, cancellationToken)
                : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> EncryptAsync(Stream inner, MqttClientTlsOptions tls, string host, CancellationToken cancellationToken)
    {
        var stream = new SslStream(inner, leaveInnerStreamOpen: false);
        var chain = new X509ChainPolicy { RevocationMode = tls.RevocationMode };
        if (tls.TrustChain is { Count: > 0 } trusted)
        {
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.AddRange(trusted);
        }

        if (tls.IgnoreCertificateRevocationErrors)
        {
            chain.VerificationFlags |= X509VerificationFlags.IgnoreCertificateAuthorityRevocationUnknown
                | X509VerificationFlags.IgnoreEndRevocationUnknown;
        }

        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = tls.SslProtocol,
            CertificateRevocationCheckMode = tls.RevocationMode,
            CertificateChainPolicy = chain,
        };
        if (tls.AllowUntrustedCertificates || tls.IgnoreCertificateChainErrors)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, errors) => tls.AllowUntrustedCertificates
                || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None;
        }

        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return stream;
    }
}
