using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Data;

/// <summary>One message in the order in which the streams send it.</summary>
public sealed class StreamEvent : ITownOwned
{
    /// <summary>The SSE id. Grows in commit order (<see cref="CityDbContext.BeginWriteAsync"/>), over all towns, with gaps.</summary>
    public long Sequence { get; init; }

    public required string Municipality { get; init; }

    public required string MessageId { get; init; }

    public required string AlertId { get; init; }

    public required string MsgType { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>When it was issued, finer than CAP's whole seconds; null for those from before this was kept.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Pages that were connected to the node which issued it; null for those from before this was kept.</summary>
    public int? OpenPages { get; init; }

    /// <summary>The alert view as JSON on one line.</summary>
    public required string Payload { get; init; }
}
