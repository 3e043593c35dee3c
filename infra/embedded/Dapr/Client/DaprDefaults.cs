using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Dapr;

/// <summary>Where the sidecar is, from configuration first and the environment second, as in the Dapr .NET SDK.</summary>
internal static class DaprDefaults
{
    public const string ApiTokenHeader = "dapr-api-token";
    private const int DefaultHttpPort = 3500;

    public static string? ApiToken(IConfiguration? configuration) => Value(configuration, "DAPR_API_TOKEN");

    /// <summary>DAPR_HTTP_ENDPOINT, else DAPR_HTTP_PORT on this machine, else port 3500.</summary>
    /// <exception cref="DaprException">DAPR_HTTP_PORT is not a port number.</exception>
    public static string HttpEndpoint(IConfiguration? configuration)
    {
        if (Value(configuration, "DAPR_HTTP_ENDPOINT") is { } endpoint)
        {
            return endpoint;
        }

        var port = DefaultHttpPort;
        if (Value(configuration, "DAPR_HTTP_PORT") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > ushort.MaxValue))
        {
            throw new DaprException($"DAPR_HTTP_PORT is '{text}', which is not a port number.");
        }

        // The sidecar listens on IPv4 loopback only; "localhost" would cost a failed IPv6 attempt first.
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
    }

    private static string? Value(IConfiguration? configuration, string name)
    {
        var value = configuration?[name] ?? Environment.GetEnvironmentVariable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }
}
