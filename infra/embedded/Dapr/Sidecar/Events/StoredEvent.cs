namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>An event on its way to the disk or from it; shared by the queues of all its subscribers.</summary>
/// <param name="sequence">Its place in the order of publishing.</param>
/// <param name="content">What was published.</param>
internal sealed class StoredEvent(long sequence, EventContent content)
{
    public long Sequence { get; } = sequence;

    public EventContent Content { get; } = content;

    /// <summary>Completes when the event is on disk, fails with an <see cref="IOException"/> when it could not be written.</summary>
    public Task Written { get; set; } = Task.CompletedTask;
}

/// <summary>What is published.</summary>
/// <param name="Payload">A CloudEvent in its JSON format, or the publisher's bytes when <paramref name="IsRaw"/>.</param>
/// <param name="ExpiresAtUnixMilliseconds">When it need not be delivered any more; 0 is never.</param>
/// <param name="IsRaw">Whether it was published with <c>rawPayload</c>.</param>
internal readonly record struct EventContent(byte[] Payload, long ExpiresAtUnixMilliseconds = 0, bool IsRaw = false)
{
    public bool HasExpired(TimeProvider clock)
        => ExpiresAtUnixMilliseconds > 0 && clock.GetUtcNow().ToUnixTimeMilliseconds() >= ExpiresAtUnixMilliseconds;
}
