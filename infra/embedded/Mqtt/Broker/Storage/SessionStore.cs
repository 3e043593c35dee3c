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
    private long _rewrittenBytes;
    private long _triedAtBytes;

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
        var log = AppendLog.Open(options.DataDirectory, state.Apply, new AppendLogOptions
        {
            FlushToDisk = options.FlushToDisk,
            // What could not be written is in memory all the same, and most records are not awaited.
            FailsUntilRewritten = true,
        });
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

    public Task Sent(Session session, Delivery delivery)
    {
        _writer.Sent(session, delivery);
        return _log.AppendAsync(_writer.Written);
    }

    public Task Released(Session session, Delivery delivery)
    {
        _writer.ForMessage(RecordType.Released, session, delivery.Message);
        return _log.AppendAsync(_writer.Written);
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

    /// <summary>Rewrites the journal when it is large and mostly about things long done, or when a write was lost.</summary>
    public bool CompactIfWorthwhile(IEnumerable<Session> sessions, RetainedMessages retained)
    {
        if (!_compaction.IsCompleted || !(_log.NeedsRewrite || IsWorthwhile(retained)))
        {
            return false;
        }

        _triedAtBytes = _log.SizeBytes;
        _rewrittenBytes = 0;
        _compaction = _log.RewriteAsync(append => SnapshotWriter.Write(
            _writer,
            record =>
            {
                _rewrittenBytes += record.Length;
                append(record);
            },
            sessions,
            retained));
        return true;
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    // It doubles before the next time, whatever it is full of, so that rewriting costs no more than writing; after an
    // attempt that failed it grows a little.
    private bool IsWorthwhile(RetainedMessages retained)
    {
        var size = _log.SizeBytes;
        return size >= _compactionThresholdBytes
            && size >= (LiveBytes + retained.Bytes) * 3
            && size >= (_compaction.IsCompletedSuccessfully ? _rewrittenBytes * 2 : _triedAtBytes + _compactionThresholdBytes);
    }

    private void ForgetLive(Delivery delivery)
    {
        if (delivery.IsStored && --delivery.Message.StoredFor == 0)
        {
            LiveBytes -= delivery.Message.SizeBytes;
        }
    }
}
