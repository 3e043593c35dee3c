using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>Meter <c>SmartCity.Transit</c>: what became of vehicles' positions. Refusals are logged once per device and minute.</summary>
internal sealed class PositionMetrics : IDisposable
{
    private const int MostDevices = 10_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly Meter _meter;
    private readonly Counter<long> _positions;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _lag;
    private readonly TimeProvider _clock;
    private readonly ILogger<PositionMetrics> _log;
    private readonly ConcurrentDictionary<(string Municipality, string Device, string Code), (long Timestamp, long Count)> _logged = new();

    public PositionMetrics(IMeterFactory meters, TimeProvider clock, ILogger<PositionMetrics> log)
    {
        (_clock, _log) = (clock, log);
        _meter = meters.Create("SmartCity.Transit");
        _positions = _meter.CreateCounter<long>("smartcity.transit.positions", "{position}", "Positions of vehicles by outcome");
        _refused = _meter.CreateCounter<long>("smartcity.transit.positions.refused", "{message}", "Messages of vehicles that were not taken, by code");
        _lag = _meter.CreateHistogram<double>("smartcity.transit.prediction.lag", "s", "From a message's arrival until its predictions are on the board");
    }

    public void Took(TrackOutcome outcome, TimeSpan lag)
    {
        _positions.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        _lag.Record(lag.TotalSeconds);
    }

    public void Refused(string municipality, string device, PositionFault fault)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("code", fault.Code));
        if (_logged.Count >= MostDevices)
        {
            // Names that nobody registered could grow this without end; starting over costs a few extra lines.
            _logged.Clear();
        }

        var now = _clock.GetTimestamp();
        var entry = _logged.AddOrUpdate((municipality, device, fault.Code), _ => (now, 1L), (_, former) => _clock.GetElapsedTime(former.Timestamp, now) < Quiet ? (former.Timestamp, former.Count + 1) : (now, 1L));
        if (entry == (now, 1L))
        {
            _log.PositionRefused(municipality, device, fault.Code, fault.Message, entry.Count);
        }
    }

    public void Dispose() => _meter.Dispose();
}
