using Orleans.Runtime;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Which faults pass by themselves, so that a batch is tried again instead of losing an alarm.</summary>
internal static class IngestFaults
{
    /// <summary>
    /// The database is away, a grain did not answer in time, or its silo just died. A state that cannot be read for what
    /// it says (malformed JSON inside Orleans' exception) does not pass, and must not hold up everybody's readings.
    /// </summary>
    public static bool MayPass(this Exception exception)
        => exception.IsDatabaseFault() || exception is OrleansException { InnerException: null or OrleansException };
}
