using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules;

/// <summary>One rule of one device. It holds its window in memory, and what must outlive a restart in <see cref="State"/>.</summary>
/// <param name="rule">As the town wrote it.</param>
/// <param name="state">Where it stood.</param>
public abstract class RuleEvaluator(DeviceRule rule, RuleState state)
{
    /// <summary>As the town wrote it.</summary>
    public DeviceRule Rule { get; } = rule;

    /// <summary>What must outlive a restart.</summary>
    public RuleState State { get; } = state;

    /// <summary>The one metric it reads, or null for a rule over other rules.</summary>
    public virtual string? Metric => null;

    /// <summary>The bound on the metric itself, or null where the rule compares something else.</summary>
    public virtual double? Bound => null;

    /// <summary>How far back it must see readings after a restart.</summary>
    public virtual TimeSpan History => TimeSpan.Zero;

    /// <summary>The reason of the newest change since the start, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether the state changed since somebody set this back.</summary>
    internal bool HasChanged { get; set; }

    /// <summary>Where it stands, in a few words.</summary>
    public abstract string Describe(MetricTrack track);

    /// <summary>Takes a reading into account; the track knows it already. A late one is older than the track's newest.</summary>
    public abstract Firing? Evaluate(MetricTrack track, DateTimeOffset at, double value, bool isLate);

    /// <summary>A reading from before the restart, oldest first. It fires nothing.</summary>
    internal virtual void Refill(DateTimeOffset at, double value)
    {
    }

    /// <summary>Whether the rule changed already at this moment; the next reading may change it again.</summary>
    protected bool ChangedAt(DateTimeOffset at) => State.ChangedAt == at;

    /// <summary>Changes to the other side, as of the track's newest reading.</summary>
    protected Firing Flip(MetricTrack track, double? bound, string reason)
    {
        State.IsRaised = !State.IsRaised;
        State.CrossedSince = null;
        State.ChangedAt = track.NewestAt;
        HasChanged = true;
        Reason = reason;
        return new Firing(Rule.Id, track.Metric, State.IsRaised ? ThresholdTransition.Raised : ThresholdTransition.Cleared, track.NewestValue, bound, track.NewestAt, reason);
    }

    /// <summary><c>, rising 0.8 m/h</c> where the trend is known, or nothing.</summary>
    protected static string Trend(MetricTrack track)
        => track.ChangePerHour() is not { } change || Math.Abs(change) < 0.005 ? ""
            : $", {(change > 0 ? "rising" : "falling")} {Quantity.Text(Math.Round(Math.Abs(change), 2), PerHour(track.Unit))}";

    /// <summary>The unit of a change in an hour.</summary>
    protected static string PerHour(string unit) => unit.Contains('/', StringComparison.Ordinal) ? unit + " per h" : unit + "/h";
}
