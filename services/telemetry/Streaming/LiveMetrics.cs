using System.Diagnostics.Metrics;

namespace SmartCity.Telemetry.Streaming;

/// <summary>The streams' part of the meter <c>SmartCity.Telemetry</c>.</summary>
internal sealed class LiveMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly UpDownCounter<long> _clients;
    private readonly Counter<long> _conflated;

    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("SmartCity.Telemetry");
        _clients = _meter.CreateUpDownCounter<long>("smartcity.telemetry.stream.clients", "{client}", "Open streams of readings");
        _conflated = _meter.CreateCounter<long>("smartcity.telemetry.stream.conflated", "{reading}", "Readings that gave way to newer ones, since a client lagged");
    }

    public void Opened() => _clients.Add(1);

    public void Closed() => _clients.Add(-1);

    public void Conflated(long readings) => _conflated.Add(readings);

    public void Dispose() => _meter.Dispose();
}
