using System.Data.Common;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
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
        await using var state = NewCommand(connection, transaction, SensorStateSql.Upsert);
        await using var outbox = NewCommand(connection, transaction,
            "INSERT INTO outbox_event (event_id, topic, payload, created_at) VALUES (@id, @topic, @payload, @created) ON CONFLICT (event_id) DO NOTHING");
        foreach (var outcome in outcomes)
        {
            if (outcome.Outcome.StateJson is null)
            {
                continue;
            }

            state.Bind("@municipality", outcome.Municipality);
            state.Bind("@device", outcome.Device);
            state.Bind("@version", outcome.Outcome.Version);
            state.Bind("@state", outcome.Outcome.StateJson);
            if (await state.ExecuteNonQueryAsync(cancellationToken) != 1)
            {
                throw new StaleSensorStateException(outcome.Municipality, outcome.Device);
            }

            foreach (var threshold in outcome.Events)
            {
                var row = OutboxEvent.Of(Topics.SensorThreshold, threshold.EventId, threshold, now);
                outbox.Bind("@id", row.EventId);
                outbox.Bind("@topic", row.Topic);
                outbox.Bind("@payload", row.Payload);
                outbox.Bind("@created", UnixMicroseconds.From(row.CreatedAt));
                await outbox.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static DbCommand NewCommand(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }
}
