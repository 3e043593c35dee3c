using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>
/// The table <c>device_state</c>. Refusals and connection states are rare and written at once; counts of accepted messages are written when
/// their generation settles.
/// </summary>
internal static class DeviceStateTable
{
    private const string Note = """
        INSERT INTO device_state (municipality, device, connection_status, refused_count, last_error_code, last_error_message, last_error_at)
        VALUES (@0, @1, @2, @3, @4, @5, @6)
        ON CONFLICT (municipality, device) DO UPDATE SET
            connection_status = COALESCE(excluded.connection_status, connection_status),
            refused_count = refused_count + excluded.refused_count,
            last_error_code = COALESCE(excluded.last_error_code, last_error_code),
            last_error_message = COALESCE(excluded.last_error_message, last_error_message),
            last_error_at = COALESCE(excluded.last_error_at, last_error_at)
        """;

    private const string Count = """
        INSERT INTO device_state (municipality, device, accepted_count, last_seen, clock_skew_microseconds, generation)
        VALUES (@0, @1, @2, @3, @4, @5)
        ON CONFLICT (municipality, device) DO UPDATE SET
            accepted_count = accepted_count + excluded.accepted_count,
            last_seen = MAX(COALESCE(last_seen, 0), excluded.last_seen),
            clock_skew_microseconds = COALESCE(excluded.clock_skew_microseconds, clock_skew_microseconds),
            generation = excluded.generation
        """;

    public static void StoreNotes(SqliteSession session, IReadOnlyList<IngestItem> batch, IReadOnlyDictionary<IngestItem, Fault> refused)
    {
        foreach (var item in batch)
        {
            Fault? fault = item.Faults.Count > 0 ? item.Faults[^1] : refused.TryGetValue(item, out var more) ? more : null;
            if (fault is null && item.ConnectionStatus is null)
            {
                continue;
            }

            session.Statements.Execute(
                Note, item.Municipality, item.Device, item.ConnectionStatus, fault is null ? 0L : 1L,
                fault?.Code, fault?.Message, fault is null ? null : UnixMicroseconds.From(item.ReceivedAt));
        }
    }

    public static void StoreCounts(SqliteSession session, DeviceHead device, long generation)
        => session.Statements.Execute(
            Count, device.Municipality, device.Device, device.Settling.Accepted, device.Settling.LastSeen, device.SkewMicroseconds, generation);

    /// <summary>The newest generation whose counts a device's row has.</summary>
    public static long GenerationOf(SqliteSession session, string municipality, string device)
        => session.Statements.With("SELECT generation FROM device_state WHERE municipality = @0 AND device = @1", municipality, device).ExecuteScalar() as long? ?? 0;
}
