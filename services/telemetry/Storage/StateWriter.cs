using System.Data.Common;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Telemetry.Storage;

/// <summary>Writes states and the events that tell of them, within one transaction.</summary>
internal sealed class StateWriter(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private readonly DbCommand _state = NewCommand(connection, transaction, SensorStateSql.Upsert);
    private readonly DbCommand _outbox = NewCommand(connection, transaction,
        "INSERT INTO outbox_event (event_id, topic, payload, created_at) VALUES (@id, @topic, @payload, @created) ON CONFLICT (event_id) DO NOTHING");

    /// <param name="device">Or <c>zone/{id}</c>, or <c>silence/{device}</c>.</param>
    /// <exception cref="StaleSensorStateException">A newer state is stored.</exception>
    public async Task StoreAsync(string municipality, string device, long version, string stateJson, CancellationToken cancellationToken)
    {
        _state.Bind("@municipality", municipality);
        _state.Bind("@device", device);
        _state.Bind("@version", version);
        _state.Bind("@state", stateJson);
        if (await _state.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            throw new StaleSensorStateException(municipality, device);
        }
    }

    public Task TellAsync(OutboxEvent told, CancellationToken cancellationToken)
    {
        _outbox.Bind("@id", told.EventId);
        _outbox.Bind("@topic", told.Topic);
        _outbox.Bind("@payload", told.Payload);
        _outbox.Bind("@created", UnixMicroseconds.From(told.CreatedAt));
        return _outbox.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _state.DisposeAsync();
        await _outbox.DisposeAsync();
    }

    private static DbCommand NewCommand(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }
}
