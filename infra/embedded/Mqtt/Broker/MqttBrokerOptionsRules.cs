using System.Net;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>Which options cannot be.</summary>
internal static class MqttBrokerOptionsRules
{
    /// <exception cref="ArgumentException">An option is out of its bounds or misses another one.</exception>
    public static void ThrowIfInvalid(this MqttBrokerOptions options)
    {
        Require(options.ReceiveMaximum is >= 1 and <= ushort.MaxValue, $"{nameof(options.ReceiveMaximum)} is 1 to 65,535.");
        Require(options.MaximumInflightToClient is >= 1 and <= ushort.MaxValue, $"{nameof(options.MaximumInflightToClient)} is 1 to 65,535.");
        Require(options.MaximumPacketSizeBytes >= 1024, $"{nameof(options.MaximumPacketSizeBytes)} is at least 1,024.");
        Require(options.ConnectTimeout > TimeSpan.Zero, $"{nameof(options.ConnectTimeout)} is more than zero.");
        Require(options.WebSocketPath.StartsWith('/'), $"{nameof(options.WebSocketPath)} begins with a slash.");
        int?[] ports = [options.Port, options.TlsPort, options.WebSocketPort, options.SecureWebSocketPort];
        Require(ports.Any(port => port is not null), "The broker has no port to listen on.");
        Require(ports.All(port => port is null or (>= IPEndPoint.MinPort and <= IPEndPoint.MaxPort)), "A port is 0 to 65,535.");
        Require(
            options.Tls is not null || (options.TlsPort is null && options.SecureWebSocketPort is null),
            $"{nameof(options.TlsPort)} and {nameof(options.SecureWebSocketPort)} need {nameof(options.Tls)} with a certificate.");
        if (options.Tls is { } tls)
        {
            Require(
                tls.Certificate is not null || tls.CertificatePath is not null,
                $"{nameof(options.Tls)} has neither {nameof(tls.Certificate)} nor {nameof(tls.CertificatePath)}.");
            Require(
                !tls.RequireClientCertificate || tls.ClientAuthorities is { Count: > 0 } || tls.ClientAuthoritiesPath is not null,
                $"{nameof(tls.RequireClientCertificate)} needs {nameof(tls.ClientAuthorities)}.");
        }
    }

    private static void Require(bool options, string text)
    {
        if (!options)
        {
            throw new ArgumentException(text, nameof(options));
        }
    }
}
