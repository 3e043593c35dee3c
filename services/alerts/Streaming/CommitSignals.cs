using SmartCity.Alerts.Delivery.Sending;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Streaming;

/// <summary>Tells this process that new messages are committed: the streams and the outbox need not wait for their polls.</summary>
public sealed class CommitSignals(AlertFeeds feeds, OutboxSignal outbox, DeliveryRunner deliveries)
{
    public void Committed()
    {
        feeds.Wake();
        outbox.Set();
        deliveries.Wake();
    }
}
