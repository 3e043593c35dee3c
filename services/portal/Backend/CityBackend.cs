using System.Globalization;
using System.Net;
using System.Text.Json;
using Polly;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Backend;

/// <summary>Questions to the other services, through the sidecar. Nothing here throws because a service is away.</summary>
public sealed class CityBackend(IHttpClientFactory clients, BackendPolicies policies, ILogger<CityBackend> logger)
{
    /// <summary>Alerts in force, newest state of each.</summary>
    public Task<Answer<AlertsInForce>> ActiveAlertsAsync(Town town, CancellationToken cancellationToken)
        => GetAsync<AlertsInForce>(town, AppIds.Alerts, "active", cancellationToken);

    /// <summary>One alert, in force or not.</summary>
    public Task<Answer<AlertView>> AlertAsync(Town town, string id, CancellationToken cancellationToken)
        => GetAsync<AlertView>(town, AppIds.Alerts, Uri.EscapeDataString(id), cancellationToken);

    /// <param name="hazard">Only shelters designated for it; null for all.</param>
    public Task<Answer<Page<ShelterView>>> SheltersAsync(
        Town town, double latitudeDegrees, double longitudeDegrees, string? hazard, int limit, CancellationToken cancellationToken)
    {
        var near = string.Create(CultureInfo.InvariantCulture, $"{latitudeDegrees:0.######},{longitudeDegrees:0.######}");
        var filter = hazard is null ? "" : "&hazard=" + Uri.EscapeDataString(hazard);
        return GetAsync<Page<ShelterView>>(
            town, AppIds.Alerts, string.Create(CultureInfo.InvariantCulture, $"shelters?near={near}{filter}&limit={limit}"), cancellationToken);
    }

    /// <summary>All of a town's shelters: which is near is found where the person is.</summary>
    public Task<Answer<Page<ShelterView>>> AllSheltersAsync(Town town, CancellationToken cancellationToken)
        => GetAsync<Page<ShelterView>>(town, AppIds.Alerts, "shelters", cancellationToken);

    public Task<Answer<Page<DeviceView>>> DevicesAsync(Town town, CancellationToken cancellationToken)
        => GetAsync<Page<DeviceView>>(town, AppIds.Telemetry, "devices", cancellationToken);

    /// <summary>Devices that fit, judged by telemetry.</summary>
    public Task<Answer<FoundDevices>> FindDevicesAsync(Town town, DeviceQuestion question, CancellationToken cancellationToken)
        => GetAsync<FoundDevices>(town, AppIds.Telemetry, "devices" + question.Query, cancellationToken);

    public Task<Answer<DeviceView>> DeviceAsync(Town town, string id, CancellationToken cancellationToken)
        => GetAsync<DeviceView>(town, AppIds.Telemetry, "devices/" + Uri.EscapeDataString(id), cancellationToken);

    /// <summary>One metric of a device in buckets; never single readings, however long the time.</summary>
    public Task<Answer<Page<BucketView>>> BucketsAsync(Town town, string id, BucketQuestion question, CancellationToken cancellationToken)
        => GetAsync<Page<BucketView>>(town, AppIds.Telemetry, $"devices/{Uri.EscapeDataString(id)}/readings{question.Query}", cancellationToken);

    /// <summary>Counts over all devices.</summary>
    public Task<Answer<FleetView>> FleetAsync(Town town, CancellationToken cancellationToken)
        => GetAsync<FleetView>(town, AppIds.Telemetry, "fleet", cancellationToken);

    private async Task<Answer<T>> GetAsync<T>(Town town, string appId, string path, CancellationToken cancellationToken)
        where T : class
    {
        if (!town.Offers(appId))
        {
            return Answer<T>.Without(Outcome.NotOffered);
        }

        var url = $"/api/{town.Code}/{appId}/{path}";
        try
        {
            var client = clients.CreateClient(appId);
            using var response = await policies.For(appId).ExecuteAsync(
                async cancellation => await client.GetAsync(url, cancellation), cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
            {
                return Answer<T>.Without(response.StatusCode == HttpStatusCode.NotFound ? Outcome.NotFound : Outcome.NotUnderstood);
            }

            if (response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync<T>(CityJson.Options, cancellationToken) is { } value)
            {
                return Answer<T>.Of(value);
            }

            logger.BackendUnreachable(appId, url, $"HTTP {(int)response.StatusCode}");
        }
        catch (Exception exception) when (IsAbsence(exception, cancellationToken))
        {
            logger.BackendUnreachable(appId, url, exception.Message);
        }

        return Answer<T>.Without(Outcome.Unreachable);
    }

    /// <summary>A broken connection, a time limit, an open circuit or an answer that is not JSON; not a visitor who left.</summary>
    private static bool IsAbsence(Exception exception, CancellationToken cancellationToken)
        => !cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or ExecutionRejectedException or OperationCanceledException or JsonException or NotSupportedException;
}
