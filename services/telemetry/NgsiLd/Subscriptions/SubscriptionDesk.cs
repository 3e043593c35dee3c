using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>
/// Tells the receiver of one subscription what changed since it was told last. What it was told is stored after it took it, so
/// a change is sent once; only a crash between the two sends it again. Scoped to the town at hand.
/// </summary>
internal sealed class SubscriptionDesk(
    TelemetryDb database, SubscriptionParser parser, ChangeMarks marks, Notifier notifier, IOptions<NgsiLdOptions> options, TimeProvider clock, ILogger<SubscriptionDesk> log)
{
    private const int MostEntities = 500;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The town's subscriptions that something could be sent for now or later, and whether it is time.</summary>
    public async Task<List<(string Id, bool IsDue)>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Without what they have seen, which is long.
        var rows = await database.Subscriptions.Select(row => new { row.Id, row.Definition, row.NextAttemptAt, row.LastNotification }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row, Plan: TryPlanOf(row.Id, row.Definition))).Where(one => one.Plan is { IsActive: true } plan && !plan.IsExpired(now))
            .Select(one => (one.row.Id, IsDue(one.row.NextAttemptAt, one.row.LastNotification, one.Plan!, now)))];
    }

    /// <param name="ignoresLease">Whether there is no other replica, so that a lease is one of a process that is gone.</param>
    public async Task TellAsync(Town town, string id, bool ignoresLease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await LeaseAsync(id, now, ignoresLease, cancellationToken))
        {
            return;
        }

        // Read behind the lease: nobody else changes it but its owner, whose change raises the version.
        var row = await database.Subscriptions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null)
        {
            return;
        }

        var (plan, version) = (TryPlanOf(row.Id, row.Definition), row.Version);
        if (plan is { IsActive: true } && !plan.IsExpired(now) && IsDue(row.NextAttemptAt, row.LastNotification, plan, now))
        {
            await TellAsync(town, row, plan, cancellationToken);
        }

        row.LeasedUntil = null;
        await SaveAsync(row, version, cancellationToken);
    }

    private async Task TellAsync(Town town, NgsiSubscription row, SubscriptionPlan plan, CancellationToken cancellationToken)
    {
        var seen = SeenMarks.Of(row.Seen);
        var told = new List<JsonObject>();
        var changed = false;
        await foreach (var entity in marks.ReadAsync(town, plan, cancellationToken))
        {
            var mark = ChangeMarks.Of(entity, plan);
            if (seen.Entities.TryGetValue(entity.Id, out var known) && known == mark)
            {
                continue;
            }

            (seen.Entities[entity.Id], changed) = (mark, true);
            if (HasWatched(entity, plan) && plan.Holds(entity))
            {
                told.Add(EntityRenderer.Render(entity, plan.Form));
                if (told.Count == MostEntities)
                {
                    // The rest is told with the next look.
                    break;
                }
            }
        }

        if (told.Count > 0)
        {
            await SendAsync(row, plan, told, seen, cancellationToken);
        }
        else if (changed)
        {
            row.Seen = seen.ToJson();
        }
    }

    private async Task SendAsync(NgsiSubscription row, SubscriptionPlan plan, List<JsonObject> told, SeenMarks seen, CancellationToken cancellationToken)
    {
        var fault = await notifier.SendAsync(row.Id, plan, told, seen.ContextUrl, clock.GetUtcNow(), cancellationToken);
        var now = clock.GetUtcNow();
        row.TimesSent++;
        row.LastNotification = now;
        if (fault is null)
        {
            (row.Seen, row.LastSuccess, row.FailuresInARow, row.NextAttemptAt, row.LastFault) = (seen.ToJson(), now, 0, null, null);
            return;
        }

        (row.LastFailure, row.LastFault) = (now, fault);
        row.TimesFailed++;
        row.FailuresInARow++;
        log.NotNotified(row.Municipality, row.Id, fault, row.FailuresInARow);
        if (row.FailuresInARow >= options.Value.MostAttempts)
        {
            // This change is given up; the next one is tried as ever.
            (row.Seen, row.FailuresInARow, row.NextAttemptAt) = (seen.ToJson(), 0, null);
        }
        else
        {
            row.NextAttemptAt = now + new Backoff(TimeSpan.FromSeconds(options.Value.RetrySeconds / 2), LongestPause).After((int)row.FailuresInARow);
        }
    }

    private async Task<bool> LeaseAsync(string id, DateTimeOffset now, bool ignoresLease, CancellationToken cancellationToken)
    {
        var until = now + TimeSpan.FromSeconds(30 + options.Value.NotificationTimeoutSeconds);
        return await database.Subscriptions.Where(row => row.Id == id && (ignoresLease || row.LeasedUntil == null || row.LeasedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeasedUntil, until), cancellationToken) == 1;
    }

    private Task SaveAsync(NgsiSubscription row, long version, CancellationToken cancellationToken)
        => database.Subscriptions.Where(stored => stored.Id == row.Id && stored.Version == version).ExecuteUpdateAsync(
            set => set.SetProperty(stored => stored.Seen, row.Seen)
                .SetProperty(stored => stored.TimesSent, row.TimesSent)
                .SetProperty(stored => stored.TimesFailed, row.TimesFailed)
                .SetProperty(stored => stored.FailuresInARow, row.FailuresInARow)
                .SetProperty(stored => stored.LastNotification, row.LastNotification)
                .SetProperty(stored => stored.LastSuccess, row.LastSuccess)
                .SetProperty(stored => stored.LastFailure, row.LastFailure)
                .SetProperty(stored => stored.LastFault, row.LastFault)
                .SetProperty(stored => stored.NextAttemptAt, row.NextAttemptAt)
                .SetProperty(stored => stored.LeasedUntil, row.LeasedUntil),
            cancellationToken);

    private SubscriptionPlan? TryPlanOf(string id, string definition)
    {
        var plan = parser.StoredPlan(definition, out var fault);
        if (plan is null)
        {
            log.SubscriptionNotAllowed(id, fault!);
        }

        return plan;
    }

    private static bool IsDue(DateTimeOffset? nextAttemptAt, DateTimeOffset? lastNotification, SubscriptionPlan plan, DateTimeOffset now)
        => nextAttemptAt is { } next ? next <= now : plan.Throttling == TimeSpan.Zero || lastNotification is null || now - lastNotification >= plan.Throttling;

    private static bool HasWatched(Entity entity, SubscriptionPlan plan) => plan.Watched.Count == 0 || plan.Watched.Any(entity.Attributes.ContainsKey);
}
