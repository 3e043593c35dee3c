using SmartCity.Embedded.Journal;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Storage;

/// <summary>
/// The broker's memory on disk: one journal of what happens to persistent sessions and retained messages. All members
/// are called under the broker's gate, so that the order of the records is the order of events.
/// </summary>
internal sealed class SessionStore : IAsyncDisposable
{
    private readonly RecordWriter _writer = new();
    private readonly AppendLog _log;
    private readonly long _compactionThresholdBytes;
    private long _lastMessageId;
    private Task _compaction = Task.CompletedTask;

    private SessionStore(AppendLog log, long compactionThresholdBytes, long lastMessageId)
    {
        _log = log;
        _compactionThresholdBytes = compactionThresholdBytes;
        _lastMessageId = lastMessageId;
    }

    /// <summary>Bytes of messages that still wait for somebody; what the journal has beyond it is mostly dead.</summary>
    public long LiveBytes { get; private set; }

    public long SizeBytes => _log.SizeBytes;

    public long TornBytes => _log.TornBytes;

    public Exception? LastFailure => _log.LastFailure;

    public static SessionStore Open(MqttBrokerOptions options, StoredState state)
    {
        var log = AppendLog.Open(options.DataDirectory, state.Apply, new AppendLogOptions { FlushToDisk = options.FlushToDisk });
        return new SessionStore(log, options.CompactionThresholdBytes, state.LastMessageId) { LiveBytes = state.FinishReplay() };
    }

    public Task SessionChanged(Session session)
    {
        session.IsInStore = true;
        _writer.Session(session);
        return _log.AppendAsync(_writer.Written);
    }

    public void SessionRemoved(Session session)
    {
        foreach (var delivery in session.Waiting.Concat(session.Inflight.Values))
        {
            ForgetLive(delivery);
        }

        _writer.ForSession(RecordType.SessionRemoved, session);
        _log.Append(_writer.Written);
    }

    /// <summary>Keeps the last will for after a kill, or forgets it; nothing is written when that is so already.</summary>
    public void WillChanged(Session session, WillMessage? will)
    {
        if (ReferenceEquals(session.StoredWill, will))
        {
            return;
        }

        session.StoredWill = will;
        _writer.Will(session, will);
        _log.Append(_writer.Written);
    }

    public Task Subscribed(Subscription subscription)
    {
        _writer.Subscribed(subscription);
        return _log.AppendAsync(_writer.Written);
    }

    public Task Unsubscribed(Session session, string filter)
    {
        _writer.Unsubscribed(session, filter);
        return _log.AppendAsync(_writer.Written);
    }

    /// <summary>Stores the message once for all its persistent sessions.</summary>
    public Task Enqueued(Message message, List<Target> targets, int storedTargets)
    {
        message.StoredId = ++_lastMessageId;
        message.StoredFor = storedTargets;
        LiveBytes += message.SizeBytes;
        _writer.Message(message, targets);
        return _log.AppendAsync(_writer.Written);
    }

    /// <summary>Not awaited: should the record be lost, the message is delivered once more.</summary>
    public void Done(Session session, Delivery delivery)
    {
        ForgetLive(delivery);
        _writer.ForMessage(RecordType.Done, session, delivery.Message);
        _log.Append(_writer.Written);
    }

    public void Sent(Session session, Delivery delivery)
    {
        _writer.Sent(session, delivery);
        _log.Append(_writer.Written);
    }

    public void Released(Session session, Delivery delivery)
    {
        _writer.ForMessage(RecordType.Released, session, delivery.Message);
        _log.Append(_writer.Written);
    }

    public Task Retained(Message message)
    {
        _writer.Retained(message);
        return _log.AppendAsync(_writer.Written);
    }

    public Task Received(Session session, ushort identifier)
    {
        _writer.Received(RecordType.Received, session, identifier);
        return _log.AppendAsync(_writer.Written);
    }

    public Task ReceivedReleased(Session session, ushort identifier)
    {
        _writer.Received(RecordType.ReceivedReleased, session, identifier);
        return _log.AppendAsync(_writer.Written);
    }

    public Task FlushAsync() => _log.FlushAsync();

    /// <summary>Rewrites the journal when it is large and mostly about things long done.</summary>
    public bool CompactIfWorthwhile(IEnumerable<Session> sessions, RetainedMessages retained)
    {
        var live = LiveBytes + retained.Bytes;
        if (!_compaction.IsCompleted || _log.SizeBytes < _compactionThresholdBytes || _log.SizeBytes < live * 3)
        {
            return false;
        }

        _compaction = _log.RewriteAsync(append => WriteSnapshot(append, sessions, retained));
        return true;
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private void WriteSnapshot(Action<ReadOnlyMemory<byte>> append, IEnumerable<Session> sessions, RetainedMessages retained)
    {
        foreach (var message in retained.All)
        {
            _writer.Retained(message);
            append(_writer.WrittenMemory);
        }

        foreach (var session in sessions.Where(session => session.IsInStore))
        {
            _writer.Session(session);
            append(_writer.WrittenMemory);
            if (session.StoredWill is { } will)
            {
                _writer.Will(session, will);
                append(_writer.WrittenMemory);
            }

            foreach (var subscription in session.Subscriptions.Values)
            {
                _writer.Subscribed(subscription);
                append(_writer.WrittenMemory);
            }

            foreach (var identifier in session.ReceivedExactlyOnce)
            {
                _writer.Received(RecordType.Received, session, identifier);
                append(_writer.WrittenMemory);
            }

            WriteDeliveries(append, session);
        }
    }

    private void WriteDeliveries(Action<ReadOnlyMemory<byte>> append, Session session)
    {
        foreach (var delivery in session.Inflight.Values.OrderBy(delivery => delivery.Sequence).Concat(session.Waiting))
        {
            if (!delivery.IsStored)
            {
                continue;
            }

            _writer.Message(delivery.Message, session, delivery);
            append(_writer.WrittenMemory);
            if (delivery.QualityOfService == 2 && delivery.State != DeliveryState.Waiting)
            {
                _writer.Sent(session, delivery);
                append(_writer.WrittenMemory);
            }

            if (delivery.State == DeliveryState.Released)
            {
                _writer.ForMessage(RecordType.Released, session, delivery.Message);
                append(_writer.WrittenMemory);
            }
        }
    }

    private void ForgetLive(Delivery delivery)
    {
        if (delivery.IsStored && --delivery.Message.StoredFor == 0)
        {
            LiveBytes -= delivery.Message.SizeBytes;
        }
    }
}
