using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace SmartCity.Gateway.Health;

/// <summary>The gateway is ready when every service behind it says that it is; the answer names those that do not.</summary>
internal sealed class ServicesCheck(IHttpClientFactory clients, IOptions<GatewayOptions> options) : IHealthCheck
{
    public const string ClientName = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var client = clients.CreateClient(ClientName);
        var faults = await Task.WhenAll(options.Value.Services
            .Select(service => FaultOfAnyAsync(client, service.Key, GatewayOptions.AddressesOf(service.Value), cancellationToken)));
        var notReady = faults.Where(fault => fault is not null).ToList();
        return notReady.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join("; ", notReady));
    }

    /// <summary>One replica that is ready is enough.</summary>
    private static async Task<string?> FaultOfAnyAsync(HttpClient client, string service, string[] addresses, CancellationToken cancellationToken)
    {
        var faults = await Task.WhenAll(addresses.Select(address => FaultOfAsync(client, service, address, cancellationToken)));
        return faults.Contains(null) ? null : string.Join(", ", faults);
    }

    private static async Task<string?> FaultOfAsync(HttpClient client, string service, string address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(address), "/readyz"), cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"{service} answers {(int)answer.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return $"{service} cannot be reached: {exception.Message}";
        }
    }
}
