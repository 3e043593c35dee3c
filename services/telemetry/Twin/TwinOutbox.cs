using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Twin;

/// <summary>Publishes the desired states of one database that the broker does not keep yet.</summary>
internal sealed class TwinOutbox(TelemetryDb database, DownlinkConnection connection, ILogger<TwinOutbox> log)
{
    private const int MostAtOnce = 100;

    /// <summary>Everything is to be published again: the broker has lost what it kept.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken)
        => database.Twins.IgnoreQueryFilters().ExecuteUpdateAsync(row => row.SetProperty(twin => twin.PublishedVersion, 0), cancellationToken);

    /// <returns>Whether there may be more.</returns>
    /// <exception cref="BrokerAwayException">The broker went away; what it did not take is published again.</exception>
    public async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        var due = await database.Twins.IgnoreQueryFilters().AsNoTracking().Where(row => row.PublishedVersion < row.Version)
            .OrderBy(row => row.Municipality).ThenBy(row => row.Device).Take(MostAtOnce).ToListAsync(cancellationToken);
        var refused = 0;
        foreach (var row in due)
        {
            var result = await connection.PublishAsync(MessageOf(row), cancellationToken);
            if (!result.IsSuccess)
            {
                // The others are refused for the same reason, most likely.
                if (refused++ == 0)
                {
                    log.TwinRefused(row.Municipality, row.Device, $"{result.ReasonCode} {result.ReasonString}");
                }

                continue;
            }

            await database.Twins.IgnoreQueryFilters().Where(twin => twin.Municipality == row.Municipality && twin.Device == row.Device && twin.PublishedVersion < row.Version)
                .ExecuteUpdateAsync(twin => twin.SetProperty(one => one.PublishedVersion, row.Version), cancellationToken);
        }

        return due.Count == MostAtOnce && refused == 0;
    }

    // Retained (MQTT 5.0 section 3.3.1.3): a device that connects later gets the newest one.
    private static MqttApplicationMessage MessageOf(TwinRow row) => new MqttApplicationMessageBuilder()
        .WithTopic(new MqttTopic(row.Municipality, row.Device, MqttTopic.TwinDesired).ToString())
        .WithPayload(JsonSerializer.SerializeToUtf8Bytes(new DesiredMessage(row.Version, JsonNode.Parse(row.Desired)!), CityJson.Options))
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag()
        .Build();

    private sealed record DesiredMessage(long Version, JsonNode State);
}
