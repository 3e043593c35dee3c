using System.Globalization;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules.Kinds;

/// <summary>Deviation from the mean of the same hour of earlier days, in the metric's unit or in standard deviations of those means.</summary>
public sealed class DeviationEvaluator(DeviationRule rule, RuleState state) : RuleEvaluator(rule, state)
{
    private const int MostDays = 14;
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);
    private readonly DeviationRule _rule = rule;
    private long _hour = long.MinValue;
    private double _mean;
    private long _count;
    private (double Mean, double Deviation, int Days)? _baseline;

    /// <inheritdoc/>
    public override string Metric => _rule.Metric;

    /// <inheritdoc/>
    public override TimeSpan History => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override string Describe(MetricTrack track) => BaselineNow() is { } baseline
        ? Difference(track, baseline)
        : string.Create(CultureInfo.InvariantCulture, $"fewer than {_rule.MinimumDays} earlier days");

    /// <inheritdoc/>
    public override Firing? Evaluate(MetricTrack track, DateTimeOffset at, double value, bool isLate)
    {
        Add(at, value);
        if (isLate || BaselineNow() is not { } baseline)
        {
            return null;
        }

        var amount = Math.Abs(value - baseline.Mean);
        if (_rule.InStandardDeviations)
        {
            // Days that were all alike have no deviation to measure in.
            if (baseline.Deviation <= 0)
            {
                return null;
            }

            amount /= baseline.Deviation;
        }

        var crosses = State.IsRaised ? amount < _rule.ClearBelow : amount >= _rule.RaiseAt;
        if (!crosses)
        {
            return null;
        }

        var (comparison, bound) = State.IsRaised ? ("<", _rule.ClearBelow) : ("≥", _rule.RaiseAt);
        var unit = _rule.InStandardDeviations ? "σ" : track.Unit;
        return Flip(track, null, $"{Difference(track, baseline)}: {Quantity.Compare(Math.Round(amount, 2), comparison, bound, unit)}");
    }

    internal override void Refill(DateTimeOffset at, double value)
    {
        // Hours that are closed were stored with all their readings.
        if (State.Hours is not { Count: > 0 } hours || HourOf(at) > hours[^1].Hour)
        {
            Add(at, value);
        }
    }

    private void Add(DateTimeOffset at, double value)
    {
        var hour = HourOf(at);
        if (hour > _hour)
        {
            Close();
            (_hour, _mean, _count, _baseline) = (hour, value, 1, null);
        }
        else if (hour == _hour)
        {
            _mean += (value - _mean) / ++_count;
        }
        else
        {
            AddToClosed(hour, value);
        }
    }

    private void Close()
    {
        if (_count == 0)
        {
            return;
        }

        var hours = State.Hours ??= [];
        hours.Add(new HourMean(_hour, _mean, _count));
        hours.RemoveAll(mean => mean.Hour <= _hour - (MostDays * 24));
        HasChanged = true;
    }

    private void AddToClosed(long hour, double value)
    {
        var hours = State.Hours ??= [];
        var place = hours.FindLastIndex(mean => mean.Hour <= hour);
        if (place >= 0 && hours[place].Hour == hour)
        {
            var (_, mean, count) = hours[place];
            hours[place] = new HourMean(hour, mean + ((value - mean) / (count + 1)), count + 1);
        }
        else
        {
            hours.Insert(place + 1, new HourMean(hour, value, 1));
        }

        _baseline = null;
        HasChanged = true;
    }

    private (double Mean, double Deviation, int Days)? BaselineNow()
    {
        _baseline ??= ComputeBaseline();
        return _baseline.Value.Days >= _rule.MinimumDays ? _baseline : null;
    }

    private (double Mean, double Deviation, int Days) ComputeBaseline()
    {
        var (days, mean, squares) = (0, 0.0, 0.0);
        foreach (var earlier in State.Hours ?? [])
        {
            if (earlier.Hour < _hour && (_hour - earlier.Hour) % 24 == 0 && _hour - earlier.Hour <= MostDays * 24)
            {
                // Welford's method: the mean and the sum of squares in one pass.
                var difference = earlier.Mean - mean;
                mean += difference / ++days;
                squares += difference * (earlier.Mean - mean);
            }
        }

        return (mean, days > 1 ? Math.Sqrt(squares / (days - 1)) : 0, days);
    }

    private static string Difference(MetricTrack track, (double Mean, double Deviation, int Days) baseline)
        => string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Text(track.NewestValue, track.Unit)} against {Quantity.Text(Math.Round(baseline.Mean, 2), track.Unit)} at this hour of {baseline.Days} earlier days");

    private static long HourOf(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + Japan.Ticks) / TimeSpan.TicksPerHour;
}
