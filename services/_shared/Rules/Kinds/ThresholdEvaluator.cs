using System.Globalization;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules.Kinds;

/// <summary>
/// Threshold with hysteresis and minimum duration: raised when the value has been at or above
/// <see cref="ThresholdRule.RaiseAt"/> for the duration, cleared when it has been below
/// <see cref="ThresholdRule.ClearBelow"/> for the duration.
/// </summary>
public sealed class ThresholdEvaluator(ThresholdRule rule, RuleState state) : RuleEvaluator(rule, state)
{
    private readonly ThresholdRule _rule = rule;

    // The newest reading on this side before the crossing; unknown after a restart, and then nothing is moved back.
    private DateTimeOffset? _lastOnThisSide;

    /// <inheritdoc/>
    public override string Metric => _rule.Metric;

    /// <inheritdoc/>
    public override double? Bound => _rule.RaiseAt;

    /// <inheritdoc/>
    public override string Describe(MetricTrack track) => track.NewestValue >= _rule.RaiseAt
        ? Quantity.Compare(track.NewestValue, "≥", _rule.RaiseAt, track.Unit)
        : State.IsRaised ? Quantity.Compare(track.NewestValue, "≥", _rule.ClearBelow, track.Unit) : Quantity.Compare(track.NewestValue, "<", _rule.RaiseAt, track.Unit);

    /// <inheritdoc/>
    public override Firing? Evaluate(MetricTrack track, DateTimeOffset at, double value, bool isLate)
    {
        var crosses = State.IsRaised ? value < _rule.ClearBelow : value >= _rule.RaiseAt;
        if (isLate)
        {
            return EvaluateLate(track, at, crosses);
        }

        if (!crosses)
        {
            _lastOnThisSide = at;
            if (State.CrossedSince is not null)
            {
                State.CrossedSince = null;
                HasChanged = true;
            }

            return null;
        }

        if (State.CrossedSince is null)
        {
            State.CrossedSince = at;
            HasChanged = true;
        }

        return FlipIfHeld(track);
    }

    private Firing? EvaluateLate(MetricTrack track, DateTimeOffset at, bool crosses)
    {
        // Without a crossing that goes on now, the past has nothing to say about now.
        if (State.CrossedSince is not { } since)
        {
            return null;
        }

        if (crosses && at < since && at > _lastOnThisSide)
        {
            State.CrossedSince = at;
            HasChanged = true;
            return FlipIfHeld(track);
        }

        if (!crosses && at > since)
        {
            // It was interrupted. Which readings came after is not kept, so the time counts from the newest: later, never earlier.
            _lastOnThisSide = at;
            State.CrossedSince = track.NewestAt;
            HasChanged = true;
        }

        return null;
    }

    private Firing? FlipIfHeld(MetricTrack track)
    {
        var heldSeconds = (track.NewestAt - State.CrossedSince!.Value).TotalSeconds;
        if (heldSeconds < _rule.MinimumDurationSeconds)
        {
            return null;
        }

        var (comparison, bound) = State.IsRaised ? ("<", _rule.ClearBelow) : ("≥", _rule.RaiseAt);
        var held = heldSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" for {heldSeconds:0} s") : "";
        _lastOnThisSide = track.NewestAt;
        return Flip(track, bound, Quantity.Compare(track.NewestValue, comparison, bound, track.Unit) + held + Trend(track));
    }
}
