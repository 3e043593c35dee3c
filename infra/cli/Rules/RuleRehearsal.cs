using SmartCity.Cli.Recordings;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Manifests;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Cli.Rules;

/// <summary>Something that would have fired.</summary>
/// <param name="At">By the recording's times.</param>
/// <param name="Subject">A device, or <c>zone/{id}</c>.</param>
/// <param name="Metric">Null for silence.</param>
internal sealed record Rehearsed(
    DateTimeOffset At, string Subject, string RuleId, bool IsRaised, string? Metric, double? Value, double? Threshold, string Explanation);

/// <summary>
/// Runs rules over a recording as the platform would have over the devices' messages. Rules without a manifest concern
/// every device, since what kind each is stands nowhere.
/// </summary>
internal sealed class RuleRehearsal(RulesFile file)
{
    private readonly Town _town = file.Town!;
    private readonly Dictionary<string, Player> _players = new(StringComparer.Ordinal);
    private readonly List<Rehearsed> _firings = [];
    private List<Zone> _zones = [];

    /// <summary>Devices of the recording that the manifest does not have.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = [];

    /// <param name="readings">In the order of time.</param>
    public IReadOnlyList<Rehearsed> Run(IReadOnlyList<RecordedReading> readings, CancellationToken cancellationToken)
    {
        var devices = readings.Select(reading => reading.Device).Distinct(StringComparer.Ordinal).ToList();
        Unread = file.IsWhole ? [.. devices.Where(id => _town.Devices.All(device => device.Id != id))] : [];
        foreach (var device in devices.Except(Unread, StringComparer.Ordinal))
        {
            _players[device] = new Player(RulesOf(device).ToList());
        }

        _zones = [.. _town.Rules.OfType<ZoneRule>().Select(zone => new Zone(zone,
            (file.IsWhole ? ZoneMembers.Of(_town, zone).Select(device => device.Id) : zone.Devices ?? devices).ToHashSet(StringComparer.Ordinal)))];
        for (var index = 0; index < readings.Count; index++)
        {
            if (_players.TryGetValue(readings[index].Device, out var player))
            {
                Take(player, readings[index]);
            }

            if (index % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        foreach (var (device, player) in _players)
        {
            Silence(player, device, readings[^1].At, isHeard: false);
        }

        return [.. _firings.OrderBy(firing => firing.At)];
    }

    private void Take(Player player, RecordedReading reading)
    {
        Silence(player, reading.Device, reading.At, isHeard: true);
        player.HeardAt = reading.At;
        List<Firing>? firings = null;
        player.Rules.Evaluate(reading.Metric, reading.At, reading.Value, ref firings);
        foreach (var firing in firings ?? [])
        {
            Add(reading.Device, firing);
        }

        foreach (var zone in _zones)
        {
            if (zone.Devices.Contains(reading.Device) && player.Rules.Evaluators.FirstOrDefault(evaluator => evaluator.Rule.Id == zone.Rule.Rule) is { } evaluator
                && player.Rules.TrackOf(evaluator) is { NewestAt: var newest } track && newest > DateTimeOffset.MinValue)
            {
                var reason = evaluator.State.IsRaised ? evaluator.Reason ?? evaluator.Describe(track) : evaluator.Describe(track);
                var vote = new ZoneVote(evaluator.State.IsRaised, newest, track.Metric, track.NewestValue, evaluator.Bound, reason);
                if (ZoneEvaluator.Evaluate(zone.Rule, zone.State, zone.Devices, [new(reading.Device, vote)], out _) is { } firing)
                {
                    Add(zone.Rule.Subject, firing);
                }
            }
        }
    }

    // A recording knows no clock but its own: that a device was silent shows when it speaks again, or at the end.
    private void Silence(Player player, string device, DateTimeOffset now, bool isHeard)
    {
        foreach (var rule in player.Silences)
        {
            if (player.HeardAt is { } heardAt && SilenceEvaluator.Evaluate(rule, isRaised: false, heardAt, now) is not null)
            {
                var noticed = heardAt.AddSeconds(rule.AfterSeconds);
                Add(device, rule, ThresholdTransition.Raised, heardAt, noticed);
                if (isHeard)
                {
                    Add(device, rule, ThresholdTransition.Cleared, now, now);
                }
            }
        }
    }

    private void Add(string subject, Firing firing) => _firings.Add(new Rehearsed(
        firing.At, subject, firing.RuleId, firing.Transition == ThresholdTransition.Raised, firing.Metric, firing.Value, firing.Threshold, firing.Explanation));

    private void Add(string device, SilenceRule rule, ThresholdTransition transition, DateTimeOffset since, DateTimeOffset at) => _firings.Add(new Rehearsed(
        at, device, rule.Id, transition == ThresholdTransition.Raised, null, null, null, SilenceEvaluator.Explain(rule, transition, since, at)));

    private IEnumerable<DeviceRule> RulesOf(string id)
    {
        var kind = _town.Devices.FirstOrDefault(device => device.Id == id)?.Kind;
        return _town.Rules.OfType<DeviceRule>().Where(rule => !file.IsWhole || rule.DeviceKind == kind);
    }

    private sealed class Player(List<DeviceRule> rules)
    {
        public DeviceRules Rules { get; } = new(rules, []);

        public IReadOnlyList<SilenceRule> Silences { get; } = [.. rules.OfType<SilenceRule>()];

        public DateTimeOffset? HeardAt { get; set; }
    }

    private sealed record Zone(ZoneRule Rule, IReadOnlySet<string> Devices)
    {
        public ZoneState State { get; } = new();
    }
}
