using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Actuators;

/// <summary>
/// Has the commands sent that the ledger has for devices, and follows them to the device's own word. A crash asks again with the same
/// key, which is the same command; the ledger's <c>lease</c> holds the command's id from when it was taken.
/// </summary>
internal sealed class ActuatorSender(
    AlertDbContext database, SecondOfficers seconds, TelemetryCommands telemetry, ITownDirectory towns, IOptions<ActuatorOptions> options, TimeProvider clock, ILogger<ActuatorSender> log)
{
    private const int MostAtOnce = 50;
    private const int ShortestSeconds = 5;
    private const int LongestSeconds = 86_400;
    private const string NotApproved = "not-approved";

    // Telemetry is next door: when it is back, no siren waits longer than this.
    private readonly Backoff _pauses = new(TimeSpan.FromSeconds(options.Value.PollSeconds), TimeSpan.FromSeconds(5));

    /// <param name="look">When the look began: what was tried after it waits for the next one.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> SendAsync(DateTimeOffset look, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await database.Set<LedgerEntry>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => (row.Channel == ActuatorPolicy.Siren || row.Channel == ActuatorPolicy.Sign) && row.NextAt != null && row.NextAt <= now && (row.NextAt <= look || row.Attempts == 0))
            .OrderBy(row => row.Attempts > 0).ThenBy(row => row.NextAt).Take(MostAtOnce).ToListAsync(cancellationToken);
        // Side by side: a town has some dozens, and no siren waits for another one's line.
        var steps = await Task.WhenAll((await LoadAsync(due, cancellationToken)).Select(job => TryAsync(job, cancellationToken)));
        foreach (var step in steps)
        {
            await NoteAsync(step, cancellationToken);
        }

        return due.Count == MostAtOnce;
    }

    private async Task<List<Job>> LoadAsync(List<LedgerEntry> rows, CancellationToken cancellationToken)
    {
        var jobs = new List<Job>();
        foreach (var row in rows)
        {
            var plan = await database.Set<PlanEntry>().IgnoreQueryFilters().AsNoTracking().SingleAsync(plan => plan.Sequence == row.Sequence, cancellationToken);
            var message = await database.Messages.IgnoreQueryFilters().AsNoTracking().SingleAsync(message => message.Id == plan.MessageId, cancellationToken);
            var device = ActuatorPlanner.Prefix + ActuatorEnds.DeviceOf(row.SubscriptionId);
            var isOutdated = await database.Set<LedgerEntry>().IgnoreQueryFilters()
                .Where(other => other.SubscriptionId == device && other.Sequence > row.Sequence)
                .AnyAsync(other => database.Set<PlanEntry>().IgnoreQueryFilters().Any(newer => newer.Sequence == other.Sequence && newer.AlertId == plan.AlertId), cancellationToken);
            var view = message.ToView(cancelledAt: null);
            var approver = await seconds.ApproverOfAsync(plan, message, view, cancellationToken);
            jobs.Add(new Job(row, message.Id, view, approver, isOutdated));
        }

        return jobs;
    }

    private async Task<Step> TryAsync(Job job, CancellationToken cancellationToken)
    {
        var row = job.Row;
        var now = clock.GetUtcNow();
        if (job.ValidUntil <= now)
        {
            return Step.End(job, DeliveryState.Failed, row.Why ?? "not-in-time", row.MaybeArrived, now);
        }

        if (row.Lease is { } id)
        {
            return Followed(job, await telemetry.StateAsync(row.Municipality, job.Device, id, cancellationToken), now);
        }

        if (job.IsOutdated)
        {
            return Step.End(job, DeliveryState.Superseded, null, row.MaybeArrived, now);
        }

        if (CommandOf(job, now) is not { } command)
        {
            return Step.End(job, DeliveryState.Failed, "not-in-manifest", row.MaybeArrived, now);
        }

        var answer = await telemetry.AskAsync(row.Municipality, job.Device, command, cancellationToken);
        return answer switch
        {
            { Command: { } taken } => new Step(job, DeliveryState.Sending, null, row.Attempts + 1, now.AddSeconds(options.Value.PollSeconds), taken.Id, MaybeArrived: true, null),
            { IsFinal: true } => Step.End(job, DeliveryState.Failed, answer.Why, row.MaybeArrived, now),
            // Without an answer nobody knows whether it was taken: the same key finds out.
            _ => new Step(job, DeliveryState.Queued, answer.Why, row.Attempts + 1, now + _pauses.After(row.Attempts + 1), null, row.MaybeArrived || answer.MayBeTaken, null),
        };
    }

    private Step Followed(Job job, CommandAnswer answer, DateTimeOffset now)
    {
        var next = now.AddSeconds(options.Value.PollSeconds);
        return answer.Command?.Status switch
        {
            "Acknowledged" => Step.End(job, DeliveryState.Confirmed, null, maybe: true, now),
            "Failed" => Step.End(job, DeliveryState.Failed, "device-failed", maybe: true, now),
            "Expired" => Step.End(job, DeliveryState.Failed, answer.Command.Why ?? "device-silent", maybe: answer.Command.Why != NotApproved, now),
            "Rejected" when job.IsOutdated => Step.End(job, DeliveryState.Superseded, null, maybe: false, now),
            "Rejected" => Step.End(job, DeliveryState.Failed, "rejected", maybe: false, now),
            "PendingApproval" => new Step(job, DeliveryState.Sending, "second-person-needed", job.Row.Attempts, next, job.Row.Lease, job.Row.MaybeArrived, null),
            null when answer.IsFinal => Step.End(job, DeliveryState.Failed, answer.Why, maybe: true, now),
            _ => new Step(job, DeliveryState.Sending, answer.Why ?? (answer.Command?.Status == "Queued" ? "device-away" : null), job.Row.Attempts, next, job.Row.Lease, job.Row.MaybeArrived, null),
        };
    }

    private ServiceCommand? CommandOf(Job job, DateTimeOffset now)
    {
        if (!towns.TryGet(job.Row.Municipality, out var town) || town.Devices.FirstOrDefault(device => device.Id == job.Device) is not { } device
            || ActuatorPolicy.For(ActuatorPolicy.Of(town, out _), device, job.View) is not { } policy)
        {
            return null;
        }

        var act = new ActuatorAct(policy, job.Row.Rank == ActuatorPlanner.Begin);
        return !act.Begins && policy.End is null ? null : new ServiceCommand
        {
            Name = act.Command,
            Arguments = act.Arguments(town, job.View),
            // Of the message alone, so that the same request is made again after a crash.
            ValidUntil = job.ValidUntil,
            ExpiresInSeconds = !act.Begins ? (int)ActuatorEnds.Life.TotalSeconds : (int)Math.Clamp((job.View.Expires - job.View.Sent).TotalSeconds, ShortestSeconds, LongestSeconds),
            Service = AppIds.Alerts,
            Key = $"{job.MessageId}.{job.Row.SubscriptionId[ActuatorPlanner.Prefix.Length..]}",
            Reason = $"{job.View.Status} alert {job.MessageId}",
            ApprovedBy = job.ApprovedBy,
        };
    }

    private async Task NoteAsync(Step step, CancellationToken cancellationToken)
    {
        var row = step.Job.Row;
        await database.Set<LedgerEntry>().IgnoreQueryFilters()
            .Where(one => one.Sequence == row.Sequence && one.SubscriptionId == row.SubscriptionId && one.NextAt != null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(one => one.State, step.State).SetProperty(one => one.Why, step.Why).SetProperty(one => one.Attempts, step.Attempts)
                .SetProperty(one => one.NextAt, step.NextAt).SetProperty(one => one.Lease, step.Lease).SetProperty(one => one.MaybeArrived, step.MaybeArrived)
                .SetProperty(one => one.SettledAt, step.SettledAt), cancellationToken);
        if (step.SettledAt is not null)
        {
            log.ActuatorSettled(row.Municipality, step.Job.Device, step.Job.MessageId, step.State, step.Why ?? "done");
        }
    }

    private sealed record Job(LedgerEntry Row, string MessageId, AlertView View, string? ApprovedBy, bool IsOutdated)
    {
        public string Device => ActuatorEnds.DeviceOf(Row.SubscriptionId);

        // The alert's time is no reason to leave standing what it began.
        public DateTimeOffset ValidUntil => Row.Rank == ActuatorPlanner.Begin ? View.Expires : Row.QueuedAt + ActuatorEnds.Life;
    }

    private sealed record Step(Job Job, string State, string? Why, int Attempts, DateTimeOffset? NextAt, string? Lease, bool MaybeArrived, DateTimeOffset? SettledAt)
    {
        public static Step End(Job job, string state, string? why, bool maybe, DateTimeOffset now) => new(job, state, why, job.Row.Attempts, null, null, maybe, now);
    }
}
