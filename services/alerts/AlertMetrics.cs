using System.Diagnostics.Metrics;
using SmartCity.Alerts.Alarms;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts;

/// <summary>Meter <c>SmartCity.Alerts</c>.</summary>
public sealed class AlertMetrics
{
    public const string MeterName = "SmartCity.Alerts";

    private readonly Counter<long> _messages;
    private readonly Counter<long> _thresholds;
    private readonly Counter<long> _alarms;
    private readonly UpDownCounter<long> _streamClients;
    private readonly Counter<long> _slowClients;

    public AlertMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("smartcity.alerts.messages", "{message}", "CAP messages issued; those of other authorities have no level.");
        _thresholds = meter.CreateCounter<long>("smartcity.alerts.thresholds", "{event}", "Threshold events by what became of them.");
        _alarms = meter.CreateCounter<long>("smartcity.alerts.alarms", "{event}", "Transitions of alarms by what became of them.");
        _streamClients = meter.CreateUpDownCounter<long>("smartcity.alerts.stream.clients", "{client}", "Open alert streams.");
        _slowClients = meter.CreateCounter<long>("smartcity.alerts.stream.slow_clients", "{client}", "Streams closed because the client lagged; they resume by id.");
    }

    public void MessageIssued(AlertView view) => _messages.Add(1,
        new("municipality", view.Municipality), new("msg_type", view.MsgType), new("level", view.Level), new("status", view.Status));

    /// <param name="outcome">applied, duplicate, stale, unknown-municipality or no-policy.</param>
    public void ThresholdTaken(string outcome) => _thresholds.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <param name="outcome">raised, repeated, cleared, nothing-to-clear or late.</param>
    public void AlarmTold(AlarmKind kind, string outcome) => _alarms.Add(1, new("kind", kind.ToString()), new("outcome", outcome));

    public void StreamOpened() => _streamClients.Add(1);

    public void StreamClosed() => _streamClients.Add(-1);

    public void SlowClientClosed() => _slowClients.Add(1);
}
