using System.Runtime.InteropServices;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules;

/// <summary>
/// The rules of one device. Each reading goes to the rules of its metric, then to the composites. A reading that fires
/// nothing allocates nothing. Not for several threads at once.
/// </summary>
public sealed class DeviceRules
{
    /// <summary>Of metrics without rules no more than this many newest values are kept: names come from outside.</summary>
    private const int MostTracks = 128;

    private readonly Dictionary<string, MetricTrack> _tracks = new(StringComparer.Ordinal);
    private readonly List<RuleEvaluator> _evaluators = [];
    private readonly RuleEvaluator[] _composites;
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    /// <param name="rules">Of the device's kind; those that are not of readings are left out.</param>
    /// <param name="states">By rule id; what is missing is added.</param>
    public DeviceRules(IEnumerable<DeviceRule> rules, Dictionary<string, RuleState> states)
    {
        var waiting = rules.Where(RuleKinds.IsOfReadings).ToList();
        var byId = new Dictionary<string, RuleEvaluator>(StringComparer.Ordinal);

        // Members before composites; one that never gets its members (an unknown id, a circle) is left out, and was refused in the manifest.
        for (var before = -1; before != byId.Count;)
        {
            before = byId.Count;
            foreach (var rule in waiting.Where(rule => !byId.ContainsKey(rule.Id)).ToList())
            {
                var members = rule is CompositeRule composite ? composite.Rules : [];
                if (members.All(byId.ContainsKey))
                {
                    byId[rule.Id] = RuleKinds.Create(rule, StateOf(states, rule.Id), [.. members.Select(id => byId[id])]);
                    _evaluators.Add(byId[rule.Id]);
                }
            }
        }

        foreach (var metric in _evaluators.Where(evaluator => evaluator.Metric is not null).GroupBy(evaluator => evaluator.Metric!, StringComparer.Ordinal))
        {
            _tracks[metric.Key] = new MetricTrack(metric.Key, [.. metric]);
        }

        _composites = [.. _evaluators.Where(evaluator => evaluator.Metric is null)];
    }

    /// <summary>The newest reading's time over all metrics; <see cref="DateTimeOffset.MinValue"/> before the first.</summary>
    public DateTimeOffset NewestAt => _newest;

    /// <summary>Every rule with where it stands.</summary>
    public IReadOnlyList<RuleEvaluator> Evaluators => _evaluators;

    /// <summary>The newest value of each metric that is known.</summary>
    public IEnumerable<MetricTrack> Tracks => _tracks.Values.Where(track => track.NewestAt > DateTimeOffset.MinValue);

    /// <summary>The metrics whose stored readings are needed after a restart, and how far back.</summary>
    public IReadOnlyList<(string Metric, TimeSpan History)> Needs => [.. _tracks.Values.Where(track => track.Evaluators.Length > 0)
        .Select(track => (track.Metric, track.Evaluators.Max(evaluator => evaluator.History) is var longest && longest > MetricTrack.TrendSpan ? longest : MetricTrack.TrendSpan))];

    /// <summary>The metric that stands for a rule: its own, or that of a composite's first member.</summary>
    public MetricTrack? TrackOf(RuleEvaluator evaluator)
        => evaluator.Metric is { } metric ? _tracks[metric]
            : evaluator.Rule is CompositeRule composite && _evaluators.Find(member => member.Rule.Id == composite.Rules[0]) is { } first ? TrackOf(first) : null;

    /// <summary>Stored readings from before a restart, oldest first. They fire nothing.</summary>
    public void Refill(string metric, IEnumerable<(DateTimeOffset At, double Value)> readings)
    {
        var track = _tracks[metric];
        foreach (var (at, value) in readings)
        {
            if (at > track.NewestAt)
            {
                Take(track, at, value);
                foreach (var evaluator in track.Evaluators)
                {
                    evaluator.Refill(at, value);
                }
            }
        }
    }

    /// <summary>Takes a reading into account.</summary>
    /// <param name="firings">What changed is added; made when something does.</param>
    public void Evaluate(string metric, DateTimeOffset at, double value, ref List<Firing>? firings)
    {
        if (!_tracks.TryGetValue(metric, out var track))
        {
            if (_tracks.Count >= MostTracks)
            {
                return;
            }

            _tracks[metric] = track = new MetricTrack(metric, []);
        }

        // The same moment again is the same reading again.
        if (at == track.NewestAt)
        {
            return;
        }

        var isLate = at < track.NewestAt;
        if (!isLate)
        {
            Take(track, at, value);
        }

        if (track.Evaluators.Length == 0)
        {
            return;
        }

        foreach (var evaluator in track.Evaluators)
        {
            Add(evaluator.Evaluate(track, at, value, isLate), ref firings);
        }

        foreach (var composite in _composites)
        {
            Add(composite.Evaluate(track, at, value, isLate), ref firings);
        }
    }

    /// <summary>Whether something that must outlive a restart changed since the last call.</summary>
    public bool TakeChanged()
    {
        var changed = false;
        foreach (var evaluator in CollectionsMarshal.AsSpan(_evaluators))
        {
            changed |= evaluator.HasChanged;
            evaluator.HasChanged = false;
        }

        return changed;
    }

    private void Take(MetricTrack track, DateTimeOffset at, double value)
    {
        track.Take(at, value);
        if (at > _newest)
        {
            _newest = at;
        }
    }

    private static void Add(Firing? firing, ref List<Firing>? firings)
    {
        if (firing is not null)
        {
            (firings ??= []).Add(firing);
        }
    }

    private static RuleState StateOf(Dictionary<string, RuleState> states, string id)
    {
        if (!states.TryGetValue(id, out var state))
        {
            states[id] = state = new RuleState();
        }

        return state;
    }
}
