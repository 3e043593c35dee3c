using System.Data.Common;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Storage;

/// <summary>Stores what the grains decided: their states, and the events that go out.</summary>
internal static class OutcomeTable
{
    /// <exception cref="StaleSensorStateException">A newer state is stored.</exception>
    public static async Task StoreAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<DeviceOutcome> outcomes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var writer = new StateWriter(connection, transaction);
        foreach (var outcome in outcomes)
        {
            if (outcome.Outcome.StateJson is not { } state)
            {
                continue;
            }

            await writer.StoreAsync(outcome.Municipality, outcome.Device, outcome.Outcome.Version, state, cancellationToken);
            foreach (var threshold in outcome.Events)
            {
                await writer.TellAsync(OutboxEvent.Of(Topics.SensorThreshold, threshold.EventId, threshold, now), cancellationToken);
            }
        }
    }
}
