using SmartCity.Alerts.Alarms;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Incidents;

/// <summary>Applies one <c>sensor.threshold</c> event: inbox, decision, messages and outgoing events in one transaction.</summary>
public sealed class ThresholdHandler(
    AlertDbContext database,
    TownScope scope,
    ITownDirectory towns,
    IncidentDesk desk,
    AlarmBook alarms,
    CommitSignals signals,
    AlertMetrics metrics,
    TimeProvider clock,
    ILogger<ThresholdHandler> log)
{
    public async Task HandleAsync(SensorThreshold transition, CancellationToken cancellationToken)
    {
        var reachedAt = clock.GetUtcNow();
        if (!towns.TryGet(transition.Municipality, out var town) || !town.Offers(AppIds.Alerts))
        {
            log.ThresholdOfUnknownTown(transition.EventId, transition.Municipality);
            metrics.ThresholdTaken("unknown-municipality");
            return;
        }

        scope.Municipality = town.Code;
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (!await database.TryTakeAsync(transition.EventId, clock.GetUtcNow(), cancellationToken))
        {
            metrics.ThresholdTaken("duplicate");
            return;
        }

        var outcome = await ApplyAsync(town, transition, cancellationToken);
        AlertTrace.Note(database, town.Code, transition.At, reachedAt);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        metrics.ThresholdTaken(outcome);
        log.ThresholdApplied(town.Code, transition.DeviceId, transition.RuleId, transition.Transition, outcome, transition.Explanation);
    }

    /// <summary>
    /// Goes the whole way and takes it back. The first real event then finds every query and statement compiled;
    /// without it, it takes about half a second longer than the second.
    /// </summary>
    public async Task RehearseAsync(Town town, SensorThreshold transition, CancellationToken cancellationToken)
    {
        scope.Municipality = town.Code;
        database.IsRehearsal = true;
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        await database.TryTakeAsync(transition.EventId, clock.GetUtcNow(), cancellationToken);
        await ApplyAsync(town, transition, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    private async Task<string> ApplyAsync(Town town, SensorThreshold transition, CancellationToken cancellationToken)
    {
        // Officers are told of every raised rule, also of one without a policy for residents.
        await alarms.ApplyAsync(town, AlarmSignal.Of(town, transition), cancellationToken);
        var rules = await desk.RulesOfAsync(transition.DeviceId, cancellationToken);
        var rule = rules.Find(state => state.RuleId == transition.RuleId);
        var policy = town.Policies.FirstOrDefault(policy => policy.RuleId == transition.RuleId);
        if (policy is null && (rule is null || transition.Transition == ThresholdTransition.Raised))
        {
            log.ThresholdWithoutPolicy(transition.EventId, town.Code, transition.RuleId);
            return "no-policy";
        }

        if (Incident.IsStale(rule, transition.At))
        {
            log.ThresholdStale(transition.EventId, town.Code, transition.DeviceId);
            return "stale";
        }

        rule = Apply(rule, rules, policy, transition);
        var chain = await desk.ChainInForceAsync(rule.DeviceId, rule.Hazard, cancellationToken);
        var incident = new Incident([.. rules.Where(state => state.Hazard == rule.Hazard)], chain?.Level, chain?.HeldLevel is not null);
        var steps = transition.Transition == ThresholdTransition.Raised ? incident.Raise(rule, policy!.Action) : incident.Clear(rule);
        await desk.DoAsync(town, chain, rule, steps, officer: null, cancellationToken);
        return "applied";
    }

    // A clear keeps the hazard and level of the raise: it ends what was begun, whatever the policy says by now.
    private RuleState Apply(RuleState? rule, List<RuleState> rules, AlertPolicy? policy, SensorThreshold transition)
    {
        if (rule is null)
        {
            rule = new RuleState
            {
                Municipality = transition.Municipality,
                DeviceId = transition.DeviceId,
                RuleId = transition.RuleId,
                Hazard = policy!.Hazard,
                Level = policy.Level,
                ExpiresAfterSeconds = policy.ExpiresAfterSeconds,
                IsRaised = false,
                Standing = RuleStanding.Effective,
                At = transition.At,
                Transition = transition,
            };
            database.RuleStates.Add(rule);
            rules.Add(rule);
        }
        else if (transition.Transition == ThresholdTransition.Raised && policy is not null)
        {
            rule.Hazard = policy.Hazard;
            rule.Level = policy.Level;
            rule.ExpiresAfterSeconds = policy.ExpiresAfterSeconds;
        }

        rule.At = transition.At;
        rule.Transition = transition;
        return rule;
    }
}
