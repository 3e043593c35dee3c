using System.Collections.Concurrent;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Counts every refusal and logs it once per device and minute, so that one broken device fills no disk.</summary>
internal sealed class RefusalLog(IngestMetrics metrics, TimeProvider clock, ILogger<RefusalLog> log)
{
    private const int MostDevices = 10_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string, string), Entry> _entries = new();

    public void Add(string municipality, string device, Fault fault)
    {
        (device, fault) = (MyNumberFault.Hide(device), fault.Hide());
        metrics.Refused(fault.Code);
        if (_entries.Count >= MostDevices)
        {
            // Names that nobody registered could grow this without end; starting over costs a few extra lines.
            _entries.Clear();
        }

        var entry = _entries.GetOrAdd((municipality, device), _ => new Entry());
        lock (entry)
        {
            entry.Count++;
            var now = clock.GetTimestamp();
            if (entry.LoggedAt is { } logged && clock.GetElapsedTime(logged, now) < Quiet)
            {
                return;
            }

            log.Refused(municipality, device, fault.Code, fault.Message, entry.Count);
            entry.LoggedAt = now;
            entry.Count = 0;
        }
    }

    private sealed class Entry
    {
        public long Count { get; set; }

        public long? LoggedAt { get; set; }
    }
}
