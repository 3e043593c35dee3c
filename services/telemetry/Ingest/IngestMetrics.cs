using System.Diagnostics.Metrics;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Meter <c>SmartCity.Telemetry</c>.</summary>
internal sealed class IngestMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _readings;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;

    public IngestMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("SmartCity.Telemetry");
        _messages = _meter.CreateCounter<long>("smartcity.ingest.messages", "{message}", "Messages stored and acknowledged");
        _readings = _meter.CreateCounter<long>("smartcity.ingest.readings", "{reading}", "Readings stored");
        _duplicates = _meter.CreateCounter<long>("smartcity.ingest.duplicates", "{reading}", "Readings that were stored before");
        _refused = _meter.CreateCounter<long>("smartcity.ingest.refused", "{refusal}", "Refused payloads, or parts of them, by code");
    }

    public void ObserveQueue(Func<int> count)
        => _meter.CreateObservableGauge("smartcity.ingest.queue", count, "{message}", "Messages waiting for the store");

    public void Stored(int messages, int readings, int duplicates)
    {
        _messages.Add(messages);
        _readings.Add(readings);
        _duplicates.Add(duplicates);
    }

    /// <summary>Readings that turned out, when they settled, to have been stored before.</summary>
    public void FoundDuplicates(int duplicates) => _duplicates.Add(duplicates);

    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Dispose() => _meter.Dispose();
}
