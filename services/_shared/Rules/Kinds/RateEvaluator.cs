using System.Globalization;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules.Kinds;

/// <summary>
/// Rate of change: the slope of the least-squares line through the window's readings, so that one noisy reading decides
/// little. The window keeps the first reading of each of its 240 cells.
/// </summary>
public sealed class RateEvaluator(RateRule rule, RuleState state) : RuleEvaluator(rule, state)
{
    private const int Cells = 240;
    private const int FewestReadings = 3;
    private readonly RateRule _rule = rule;
    private readonly TimeSpan _window = TimeSpan.FromSeconds(rule.WindowSeconds);
    private readonly long _cellTicks = Math.Max(1, TimeSpan.FromSeconds(rule.WindowSeconds).Ticks / Cells);
    private readonly List<(DateTimeOffset At, double Value)> _readings = [];

    /// <inheritdoc/>
    public override string Metric => _rule.Metric;

    /// <inheritdoc/>
    public override TimeSpan History => _window + TimeSpan.FromTicks(_cellTicks);

    /// <inheritdoc/>
    public override string Describe(MetricTrack track) => SlopePerHour() is { } slope
        ? $"changing {Quantity.Text(Math.Round(slope, 2), PerHour(track.Unit))}"
        : "rate not known yet";

    /// <inheritdoc/>
    public override Firing? Evaluate(MetricTrack track, DateTimeOffset at, double value, bool isLate)
    {
        Add(at, value, track.NewestAt);
        if (ChangedAt(track.NewestAt) || SlopePerHour() is not { } slope)
        {
            return null;
        }

        var crosses = State.IsRaised ? slope < _rule.ClearBelowPerHour : slope >= _rule.RaiseAtPerHour;
        if (!crosses)
        {
            return null;
        }

        var (comparison, bound) = State.IsRaised ? ("<", _rule.ClearBelowPerHour) : ("≥", _rule.RaiseAtPerHour);
        return Flip(track, null, string.Create(CultureInfo.InvariantCulture,
            $"rising {Quantity.Compare(Math.Round(slope, 2), comparison, bound, PerHour(track.Unit))} over {_rule.WindowSeconds / 60:0.#} min, now {Quantity.Text(track.NewestValue, track.Unit)}"));
    }

    internal override void Refill(DateTimeOffset at, double value) => Add(at, value, at);

    private void Add(DateTimeOffset at, double value, DateTimeOffset newest)
    {
        // Whole cells come and go, so that neither the order of arrival nor a restart makes a difference.
        var gone = 0;
        var cell = at.UtcTicks / _cellTicks;
        var oldest = (newest.UtcTicks / _cellTicks) - Cells;
        if (cell <= oldest)
        {
            return;
        }

        while (gone < _readings.Count && _readings[gone].At.UtcTicks / _cellTicks <= oldest)
        {
            gone++;
        }

        _readings.RemoveRange(0, gone);
        var place = _readings.Count;
        while (place > 0 && _readings[place - 1].At > at)
        {
            place--;
        }

        // The earliest of a cell stays.
        if (place < _readings.Count && _readings[place].At.UtcTicks / _cellTicks == cell)
        {
            _readings[place] = (at, value);
        }
        else if (place == 0 || _readings[place - 1].At.UtcTicks / _cellTicks != cell)
        {
            _readings.Insert(place, (at, value));
        }
    }

    private double? SlopePerHour()
    {
        if (_readings.Count < FewestReadings || (_readings[^1].At - _readings[0].At) * 2 < _window)
        {
            return null;
        }

        var start = _readings[0].At;
        var (meanHours, meanValue) = (0.0, 0.0);
        foreach (var (at, value) in _readings)
        {
            meanHours += (at - start).TotalHours;
            meanValue += value;
        }

        meanHours /= _readings.Count;
        meanValue /= _readings.Count;
        var (covariance, variance) = (0.0, 0.0);
        foreach (var (at, value) in _readings)
        {
            var hours = (at - start).TotalHours - meanHours;
            covariance += hours * (value - meanValue);
            variance += hours * hours;
        }

        return covariance / variance;
    }
}
