namespace SmartCity.Rules;

/// <summary>What is known of one metric of one device now: its newest reading, and which way it goes.</summary>
/// <param name="metric">Name with the unit at its end.</param>
/// <param name="evaluators">The rules over this metric.</param>
public sealed class MetricTrack(string metric, RuleEvaluator[] evaluators)
{
    /// <summary>A trend looks back so far at most.</summary>
    public static readonly TimeSpan TrendSpan = TimeSpan.FromMinutes(30);

    private const int MostTrendPoints = 32;
    private static readonly TimeSpan ShortestTrend = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TrendSpacing = TrendSpan / MostTrendPoints;
    private readonly (DateTimeOffset At, double Value)[] _points = evaluators.Length == 0 ? [] : new (DateTimeOffset, double)[MostTrendPoints];
    private int _count;

    /// <summary>Name with the unit at its end.</summary>
    public string Metric { get; } = metric;

    /// <summary>Symbol of the unit, or empty.</summary>
    public string Unit { get; } = evaluators.Length == 0 ? "" : MetricUnits.Of(metric);

    /// <summary>Time of the newest reading; <see cref="DateTimeOffset.MinValue"/> before the first.</summary>
    public DateTimeOffset NewestAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The newest reading's value.</summary>
    public double NewestValue { get; private set; }

    internal RuleEvaluator[] Evaluators { get; } = evaluators;

    /// <summary>The change in an hour over the last half hour at most; null before a minute is known.</summary>
    public double? ChangePerHour()
    {
        for (var index = Math.Max(0, _count - MostTrendPoints); index < _count; index++)
        {
            var point = _points[index % MostTrendPoints];
            var span = NewestAt - point.At;
            if (span <= TrendSpan)
            {
                return span < ShortestTrend ? null : (NewestValue - point.Value) / span.TotalHours;
            }
        }

        return null;
    }

    internal void Take(DateTimeOffset at, double value)
    {
        (NewestAt, NewestValue) = (at, value);
        if (_points.Length > 0 && (_count == 0 || at - _points[(_count - 1) % MostTrendPoints].At >= TrendSpacing))
        {
            _points[_count % MostTrendPoints] = (at, value);
            _count++;
        }
    }
}
