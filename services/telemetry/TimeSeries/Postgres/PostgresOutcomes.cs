using Npgsql;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>What the grains decided, as <see cref="OutcomeTable"/> stores it, in one statement for all states and one for all events.</summary>
internal static class PostgresOutcomes
{
    // The condition of SensorStateSql, for many; in one order everywhere, so that two replicas do not wait for each other.
    private const string States = """
        INSERT INTO sensor_state AS old (municipality, device, version, state)
        SELECT municipality, device, version, state FROM unnest($1, $2, $3, $4) AS fresh (municipality, device, version, state)
        WHERE version = 1 OR EXISTS (SELECT 1 FROM sensor_state stored WHERE stored.municipality = fresh.municipality AND stored.device = fresh.device)
        ORDER BY municipality, device
        ON CONFLICT (municipality, device) DO UPDATE SET version = excluded.version, state = excluded.state
        WHERE old.version = excluded.version - 1
        RETURNING municipality, device
        """;

    private const string Outbox = """
        INSERT INTO outbox_event (event_id, topic, payload, created_at)
        SELECT event_id, topic, payload, created_at
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS fresh (event_id, topic, payload, created_at, place) ORDER BY place
        ON CONFLICT (event_id) DO NOTHING
        """;

    /// <returns>The outcomes with a state: the first statement returns the devices whose state it stored.</returns>
    public static List<DeviceOutcome> AddTo(NpgsqlBatch batch, IReadOnlyList<DeviceOutcome> outcomes, DateTimeOffset now)
    {
        var changed = outcomes.Where(outcome => outcome.Outcome.StateJson is not null).ToList();
        if (changed.Count > 0)
        {
            batch.Add(
                States,
                BatchCommands.Of(changed.ConvertAll(outcome => outcome.Municipality)), BatchCommands.Of(changed.ConvertAll(outcome => outcome.Device)),
                BatchCommands.Of(changed.ConvertAll(outcome => outcome.Outcome.Version)), BatchCommands.Of(changed.ConvertAll(outcome => outcome.Outcome.StateJson)));
        }

        var events = changed.SelectMany(outcome => outcome.Events)
            .Select(threshold => OutboxEvent.Of(Topics.SensorThreshold, threshold.EventId, threshold, now))
            .ToList();
        if (events.Count > 0)
        {
            batch.Add(
                Outbox,
                BatchCommands.Of(events.ConvertAll(row => row.EventId)), BatchCommands.Of(events.ConvertAll(row => row.Topic)),
                BatchCommands.Of(events.ConvertAll(row => row.Payload)), BatchCommands.Of(events.ConvertAll(row => UnixMicroseconds.From(row.CreatedAt))));
        }

        return changed;
    }

    /// <exception cref="StaleSensorStateException">Of one of them a newer state is stored.</exception>
    public static async Task ExpectAllAsync(NpgsqlDataReader reader, List<DeviceOutcome> changed, CancellationToken cancellationToken)
    {
        var stored = new HashSet<(string Municipality, string Device)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Add((reader.GetString(0), reader.GetString(1)));
        }

        if (changed.Find(outcome => !stored.Contains((outcome.Municipality, outcome.Device))) is { } stale)
        {
            throw new StaleSensorStateException(stale.Municipality, stale.Device);
        }
    }
}
