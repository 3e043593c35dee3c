using System.Data.Common;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Storage;

/// <summary>Adds what a batch says of a device to its state.</summary>
internal static class DeviceStateSql
{
    public const string Upsert = """
        INSERT INTO device_state (municipality, device, last_seen, connection_status, accepted_count, refused_count,
                                  last_error_code, last_error_message, last_error_at)
        VALUES (@municipality, @device, @seen, @status, @accepted, @refused, @code, @message, @at)
        ON CONFLICT (municipality, device) DO UPDATE SET
            last_seen = COALESCE(excluded.last_seen, device_state.last_seen),
            connection_status = COALESCE(excluded.connection_status, device_state.connection_status),
            accepted_count = device_state.accepted_count + excluded.accepted_count,
            refused_count = device_state.refused_count + excluded.refused_count,
            last_error_code = COALESCE(excluded.last_error_code, device_state.last_error_code),
            last_error_message = COALESCE(excluded.last_error_message, device_state.last_error_message),
            last_error_at = COALESCE(excluded.last_error_at, device_state.last_error_at)
        """;

    public static void Bind(DbCommand command, string municipality, string device, IReadOnlyList<IngestItem> items)
    {
        var lastGood = items.LastOrDefault(item => item.Measurements.Count > 0);
        var lastBad = items.LastOrDefault(item => item.Faults.Count > 0);
        command.Bind("@municipality", municipality);
        command.Bind("@device", device);
        command.Bind("@seen", lastGood is null ? null : UnixMicroseconds.From(lastGood.ReceivedAt));
        command.Bind("@status", items.LastOrDefault(item => item.ConnectionStatus is not null)?.ConnectionStatus);
        command.Bind("@accepted", (long)items.Count(item => item.Measurements.Count > 0));
        command.Bind("@refused", (long)items.Count(item => item.Faults.Count > 0));
        command.Bind("@code", lastBad?.Faults[^1].Code);
        command.Bind("@message", lastBad?.Faults[^1].Message);
        command.Bind("@at", lastBad is null ? null : UnixMicroseconds.From(lastBad.ReceivedAt));
    }
}
