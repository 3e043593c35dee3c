using System.Diagnostics.Metrics;
using SmartCity.Alerts.Delivery.Sending;

namespace SmartCity.Alerts.Delivery;

/// <summary>What meter <c>SmartCity.Alerts</c> tells of deliveries.</summary>
public sealed class DeliveryMetrics
{
    private readonly Counter<long> _tries;
    private readonly Counter<long> _subscriptions;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(AlertMetrics.MeterName);
        _tries = meter.CreateCounter<long>("smartcity.alerts.deliveries", "{try}", "Tries to deliver, by channel and what came of them.");
        _subscriptions = meter.CreateCounter<long>("smartcity.alerts.subscriptions", "{subscription}", "Subscriptions made, ended, gone and refused.");
    }

    public void Tried(string channel, DeliveryOutcome outcome)
    {
        _tries.Add(1, new("channel", channel), new("outcome", outcome.Kind.ToString()));
        if (outcome.Kind == OutcomeKind.Gone)
        {
            Subscribed("gone");
        }
    }

    /// <param name="what">made, changed, ended, gone or refused.</param>
    public void Subscribed(string what) => _subscriptions.Add(1, new KeyValuePair<string, object?>("what", what));
}
