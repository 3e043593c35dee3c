using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;

namespace SmartCity.Telemetry.Tests.Rules;

/// <summary>The rules of one device, fed by hand: seconds from a morning in July, and values.</summary>
internal sealed class RuleBench
{
    public const string Level = "waterLevelMetres";

    public static readonly DateTimeOffset Start = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    private readonly DeviceRule[] _rules;
    private readonly List<(string Metric, DateTimeOffset At, double Value)> _stored = [];
    private Dictionary<string, RuleState> _states = new(StringComparer.Ordinal);
    private string _storedState = "{}";

    public RuleBench(params DeviceRule[] rules)
    {
        _rules = rules;
        Rules = new DeviceRules(_rules, _states);
    }

    public DeviceRules Rules { get; private set; }

    /// <summary>How often something would have been stored.</summary>
    public int StateChanges { get; private set; }

    public List<Firing> All { get; } = [];

    /// <summary>Takes a reading; what fired.</summary>
    public IReadOnlyList<Firing> Take(double seconds, double value, string metric = Level)
    {
        List<Firing>? firings = null;
        var at = Start.AddSeconds(seconds);
        Rules.Evaluate(metric, at, value, ref firings);
        if (!_stored.Exists(reading => reading.Metric == metric && reading.At == at))
        {
            _stored.Add((metric, at, value));
        }

        if (Rules.TakeChanged())
        {
            StateChanges++;
            _storedState = JsonSerializer.Serialize(_states, CityJson.Options);
        }

        All.AddRange(firings ?? []);
        return firings ?? [];
    }

    public Firing? One(double seconds, double value, string metric = Level) => Take(seconds, value, metric) switch
    {
        [] => null,
        [var firing] => firing,
        var several => throw new InvalidOperationException($"{several.Count} rules fired."),
    };

    public bool IsRaised(string rule) => _states[rule].IsRaised;

    /// <summary>What a new process knows: the stored state and the stored readings.</summary>
    public void Restart()
    {
        _states = JsonSerializer.Deserialize<Dictionary<string, RuleState>>(_storedState, CityJson.Options)!;
        Rules = new DeviceRules(_rules, _states);
        foreach (var (metric, history) in Rules.Needs)
        {
            var readings = _stored.Where(reading => reading.Metric == metric).OrderBy(reading => reading.At).ToList();
            if (readings.Count > 0)
            {
                Rules.Refill(metric, readings.Where(reading => reading.At > readings[^1].At - history).Select(reading => (reading.At, reading.Value)));
            }
        }
    }

    public static ThresholdRule Threshold(double minimumDurationSeconds = 0, string id = "high", string metric = Level) => new()
    {
        Id = id,
        DeviceKind = "river",
        Metric = metric,
        RaiseAt = 3.2,
        ClearBelow = 3.0,
        MinimumDurationSeconds = minimumDurationSeconds,
    };

    public static RateRule Rate(string id = "fast") => new()
    {
        Id = id,
        DeviceKind = "river",
        Metric = Level,
        WindowSeconds = 1800,
        RaiseAtPerHour = 0.5,
        ClearBelowPerHour = 0.1,
    };

    public static DeviationRule Deviation(bool inStandardDeviations = false, int minimumDays = 3) => new()
    {
        Id = "odd",
        DeviceKind = "river",
        Metric = Level,
        RaiseAt = inStandardDeviations ? 3 : 1,
        ClearBelow = inStandardDeviations ? 2 : 0.5,
        InStandardDeviations = inStandardDeviations,
        MinimumDays = minimumDays,
    };

    public static CompositeRule Composite(RuleCombination combine, params string[] rules) => new()
    {
        Id = "together",
        DeviceKind = "river",
        Combine = combine,
        Rules = rules,
    };

    public static string Line(Firing firing)
        => $"{(firing.At - Start).TotalSeconds} {firing.RuleId} {(firing.Transition == ThresholdTransition.Raised ? '+' : '-')}";
}
