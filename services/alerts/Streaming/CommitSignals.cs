using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Streaming;

/// <summary>Tells this process that new messages are committed: the streams and the outbox need not wait for their polls.</summary>
public sealed class CommitSignals(AlertFeed feed, OutboxSignal outbox)
{
    public void Committed()
    {
        feed.Wake();
        outbox.Set();
    }
}
