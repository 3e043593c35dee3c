using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Alarms;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Safety.Reports;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Data;

internal static class Holdings
{
    public static async Task<IReadOnlyList<Holding>> CountAsync(AlertDbContext database, CancellationToken cancellationToken) =>
    [
        new(null, await database.Chains.LongCountAsync(cancellationToken), "alerts"),
        new(null, await database.Drafts.LongCountAsync(cancellationToken), "drafts"),
        new(null, await database.Set<Alarm>().LongCountAsync(cancellationToken), "alarms"),
        new(null, await database.Shelters.LongCountAsync(cancellationToken), "shelters"),
        new(null, await database.Set<SafetyReport>().LongCountAsync(cancellationToken), "safety reports"),
        new(null, await database.Set<Subscription>().LongCountAsync(cancellationToken), "subscriptions"),
        new(null, await database.Set<Drill>().LongCountAsync(cancellationToken), "drills"),
    ];
}
