using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using SmartCity.Embedded.Mqtt.Broker;

namespace SmartCity.Engine;

/// <summary>The embedded broker alone.</summary>
public static class StandaloneBroker
{
    /// <exception cref="IOException">A port is taken, or the data directory cannot be used; the message says which.</exception>
    public static async Task<IStandaloneBroker> StartAsync(StandaloneBrokerOptions options, CancellationToken cancellationToken)
    {
        var settings = new MqttBrokerOptions
        {
            ListenAddress = options.Address,
            Port = options.Port,
            TlsPort = options.TlsPort,
            WebSocketPort = options.WebSocketPort,
            SecureWebSocketPort = options.SecureWebSocketPort,
            WebSocketOrigins = options.WebSocketOrigins,
            Tls = options.CertificateFile is null ? null : new MqttBrokerTlsOptions { CertificatePath = options.CertificateFile, KeyPath = options.KeyFile },
            DataDirectory = options.DataDirectory,
        };
        IMqttAuthenticator authenticator = options.UserName is null ? new AllowAnonymous() : new OneUser(options.UserName, options.Password ?? string.Empty);
        var broker = new MqttBroker(settings, authenticator, new AllowAnonymous(), TimeProvider.System, options.Loggers.CreateLogger<MqttBroker>());
        try
        {
            await broker.StartAsync(cancellationToken);
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }

        return new Running(broker);
    }

    private sealed class Running(MqttBroker broker) : IStandaloneBroker
    {
        public IReadOnlyList<string> Addresses { get; } = Tell(
            ("mqtt", broker.EndPoint, ""), ("mqtts", broker.TlsEndPoint, ""), ("ws", broker.WebSocketEndPoint, "/mqtt"), ("wss", broker.SecureWebSocketEndPoint, "/mqtt"));

        public ValueTask DisposeAsync() => broker.DisposeAsync();

        private static string[] Tell(params IEnumerable<(string Scheme, IPEndPoint? EndPoint, string Path)> listeners)
            => listeners.Where(listener => listener.EndPoint is not null).Select(listener => $"{listener.Scheme}://{listener.EndPoint}{listener.Path}").ToArray();
    }

    private sealed class OneUser(string userName, string password) : IMqttAuthenticator
    {
        private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(password));

        public ValueTask<MqttAuthenticationResult> AuthenticateAsync(
            string clientId, string? name, ReadOnlyMemory<byte> given, EndPoint? remoteEndPoint, CancellationToken cancellationToken)
        {
            // Both hashes have the same length, so the time taken says nothing about the password's.
            var isRight = CryptographicOperations.FixedTimeEquals(SHA256.HashData(given.Span), _hash);
            return ValueTask.FromResult(isRight && name == userName ? MqttAuthenticationResult.Accept(name) : MqttAuthenticationResult.Refuse());
        }
    }
}
