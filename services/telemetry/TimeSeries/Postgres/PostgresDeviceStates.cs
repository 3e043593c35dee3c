using Npgsql;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>The table <c>device_state</c>: what a batch says of its devices, in one statement.</summary>
internal static class PostgresDeviceStates
{
    // In one order everywhere, so that two replicas do not wait for each other.
    private const string Upsert = """
        INSERT INTO device_state AS old (municipality, device, accepted_count, last_seen, clock_skew_microseconds,
            connection_status, refused_count, last_error_code, last_error_message, last_error_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ORDER BY 1, 2
        ON CONFLICT (municipality, device) DO UPDATE SET
            accepted_count = old.accepted_count + excluded.accepted_count,
            last_seen = greatest(old.last_seen, excluded.last_seen),
            clock_skew_microseconds = COALESCE(excluded.clock_skew_microseconds, old.clock_skew_microseconds),
            connection_status = COALESCE(excluded.connection_status, old.connection_status),
            refused_count = old.refused_count + excluded.refused_count,
            last_error_code = COALESCE(excluded.last_error_code, old.last_error_code),
            last_error_message = COALESCE(excluded.last_error_message, old.last_error_message),
            last_error_at = COALESCE(excluded.last_error_at, old.last_error_at)
        """;

    public static void AddTo(NpgsqlBatch commands, IReadOnlyList<IngestItem> batch, BatchPreparation preparation)
    {
        var rows = new Dictionary<(string Municipality, string Device), Row>();
        foreach (var (series, newestT, receivedAt) in preparation.Changes.Messages)
        {
            RowOf(rows, series.Device.Municipality, series.Device.Device).Count(series.Device, newestT, receivedAt);
        }

        foreach (var item in batch)
        {
            Fault? fault = item.Faults.Count > 0 ? item.Faults[^1] : preparation.Refused.TryGetValue(item, out var more) ? more : null;
            if (fault is not null || item.ConnectionStatus is not null)
            {
                RowOf(rows, item.Municipality, item.Device).Note(item, fault);
            }
        }

        if (rows.Count > 0)
        {
            commands.Add(
                Upsert, Column(rows, entry => entry.Key.Municipality), Column(rows, entry => entry.Key.Device),
                Column(rows, entry => entry.Value.Accepted), Column(rows, entry => entry.Value.LastSeen), Column(rows, entry => entry.Value.Skew?.Microseconds),
                Column(rows, entry => entry.Value.Status), Column(rows, entry => entry.Value.Refused),
                Column(rows, entry => entry.Value.Error?.Code), Column(rows, entry => entry.Value.Error?.Message), Column(rows, entry => entry.Value.ErrorAt));
        }
    }

    private static Row RowOf(Dictionary<(string Municipality, string Device), Row> rows, string municipality, string device)
    {
        if (!rows.TryGetValue((municipality, device), out var row))
        {
            rows.Add((municipality, device), row = new Row());
        }

        return row;
    }

    private static NpgsqlParameter Column<T>(
        Dictionary<(string Municipality, string Device), Row> rows, Func<KeyValuePair<(string Municipality, string Device), Row>, T> of)
        => BatchCommands.Of(rows.Select(of).ToArray());

    private sealed class Row
    {
        private ClockSkew _skew;
        private bool _isSeen;

        public long Accepted { get; private set; }

        public long? LastSeen { get; private set; }

        public ClockSkew? Skew => _isSeen ? _skew : null;

        public string? Status { get; private set; }

        public long Refused { get; private set; }

        public Fault? Error { get; private set; }

        public long? ErrorAt { get; private set; }

        public void Count(DeviceHead device, long newestT, long receivedAt)
        {
            // A copy: the device's own learns of the batch when it is committed.
            if (!_isSeen)
            {
                (_skew, _isSeen) = (device.Skew, true);
            }

            _skew.Add(newestT, receivedAt);
            Accepted++;
            LastSeen = Math.Max(LastSeen ?? 0, receivedAt);
        }

        public void Note(IngestItem item, Fault? fault)
        {
            Status = item.ConnectionStatus ?? Status;
            if (fault is not null)
            {
                Refused++;
                (Error, ErrorAt) = (fault, UnixMicroseconds.From(item.ReceivedAt));
            }
        }
    }
}
