using System.Data.Common;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Storage;

/// <summary>Commits a batch: readings, newest values, device states, rule states and outgoing events, all or nothing.</summary>
internal sealed class BatchStore(TownDatabases databases, SeriesCatalog catalog, TimeProvider clock)
{
    /// <param name="owner">The town whose own database takes it, or null for the shared one.</param>
    public async Task<(int Readings, int Duplicates)> CommitAsync(
        string? owner, IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, CancellationToken cancellationToken)
    {
        await using var connection = await databases.OpenAsync(databases.Of(owner), cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var newSeries = new Dictionary<(string, string, string), long>();
        var stored = await WriteAsync(connection, transaction, batch, outcomes, newSeries, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        catalog.Remember(newSeries);
        return stored;
    }

    /// <summary>Writes a batch and takes it back, so that the first real one finds its code compiled.</summary>
    public async Task RehearseAsync(string? owner, IReadOnlyList<IngestItem> batch, CancellationToken cancellationToken)
    {
        await using var connection = await databases.OpenAsync(databases.Of(owner), cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await WriteAsync(connection, transaction, batch, [], [], cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    private async Task<(int Readings, int Duplicates)> WriteAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes,
        Dictionary<(string, string, string), long> newSeries, CancellationToken cancellationToken)
    {
        var stored = await InsertReadingsAsync(connection, transaction, batch, newSeries, cancellationToken);
        await UpdateDevicesAsync(connection, transaction, batch, cancellationToken);
        await StoreOutcomesAsync(connection, transaction, outcomes, cancellationToken);
        return stored;
    }

    private async Task<(int Readings, int Duplicates)> InsertReadingsAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<IngestItem> batch,
        Dictionary<(string, string, string), long> newSeries, CancellationToken cancellationToken)
    {
        await using var resolve = NewCommand(connection, transaction);
        await using var insert = NewCommand(connection, transaction,
            "INSERT INTO reading (series_id, t, value, received_at) VALUES (@series, @t, @value, @received) ON CONFLICT (series_id, t) DO NOTHING");
        var newest = new Dictionary<long, (long T, double Value)>();
        var (inserted, duplicates) = (0, 0);
        foreach (var item in batch)
        {
            foreach (var measurement in item.Measurements)
            {
                var key = (item.Municipality, item.Device, measurement.Metric);
                if (!catalog.TryGet(item.Municipality, item.Device, measurement.Metric, out var series) && !newSeries.TryGetValue(key, out series))
                {
                    series = await SeriesCatalog.ResolveAsync(resolve, item.Municipality, item.Device, measurement.Metric, cancellationToken);
                    newSeries.Add(key, series);
                }

                var t = UnixMicroseconds.From(measurement.At);
                insert.Bind("@series", series);
                insert.Bind("@t", t);
                insert.Bind("@value", measurement.Value);
                insert.Bind("@received", UnixMicroseconds.From(item.ReceivedAt));
                if (await insert.ExecuteNonQueryAsync(cancellationToken) == 0)
                {
                    duplicates++;
                    continue;
                }

                inserted++;
                if (!newest.TryGetValue(series, out var known) || known.T < t)
                {
                    newest[series] = (t, measurement.Value);
                }
            }
        }

        await using var update = NewCommand(connection, transaction,
            "UPDATE series SET last_t = @t, last_value = @value WHERE id = @series AND (last_t IS NULL OR last_t < @t)");
        foreach (var (series, last) in newest)
        {
            update.Bind("@series", series);
            update.Bind("@t", last.T);
            update.Bind("@value", last.Value);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return (inserted, duplicates);
    }

    private static async Task UpdateDevicesAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<IngestItem> batch, CancellationToken cancellationToken)
    {
        await using var upsert = NewCommand(connection, transaction, DeviceStateSql.Upsert);
        foreach (var device in batch.GroupBy(item => (item.Municipality, item.Device)))
        {
            DeviceStateSql.Bind(upsert, device.Key.Municipality, device.Key.Device, device.ToArray());
            await upsert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task StoreOutcomesAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<DeviceOutcome> outcomes, CancellationToken cancellationToken)
    {
        await using var state = NewCommand(connection, transaction, SensorStateSql.Upsert);
        await using var outbox = NewCommand(connection, transaction,
            "INSERT INTO outbox_event (event_id, topic, payload, created_at) VALUES (@id, @topic, @payload, @created) ON CONFLICT (event_id) DO NOTHING");
        foreach (var outcome in outcomes.Where(outcome => outcome.Outcome.StateJson is not null))
        {
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
                var row = OutboxEvent.Of(Topics.SensorThreshold, threshold.EventId, threshold, clock.GetUtcNow());
                outbox.Bind("@id", row.EventId);
                outbox.Bind("@topic", row.Topic);
                outbox.Bind("@payload", row.Payload);
                outbox.Bind("@created", UnixMicroseconds.From(row.CreatedAt));
                await outbox.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static DbCommand NewCommand(DbConnection connection, DbTransaction transaction, string sql = "")
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }
}
