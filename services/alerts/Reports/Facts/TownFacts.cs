using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Safety;
using SmartCity.Alerts.Safety.Reports;
using SmartCity.Alerts.Shelters;
using SmartCity.Alerts.Shelters.Status;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Reports.Facts;

/// <summary>What else the town did in that time: safety reports, calls for help, shelters; numbers, and nothing that names anybody.</summary>
internal sealed class TownFacts(AlertDbContext database, ChannelTable channels, IOptions<SafetyOptions> safety)
{
    public async Task<SafetyReportNumbers> SafetyAsync(bool isExercise, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reports = await database.Set<SafetyReport>().AsNoTracking().Where(row => row.IsExercise == isExercise && row.CreatedAt >= from && row.CreatedAt <= to)
            .Select(row => new { row.Status, row.PeopleCount, row.AskedAt, row.Rescue, row.RescueAt }).ToListAsync(cancellationToken);
        var calls = reports.Where(row => row.Status == SafetyStatus.NeedHelp).ToList();
        int Calls(string rescue) => calls.Count(row => row.Rescue == rescue);
        var done = calls.Where(row => row is { Rescue: RescueStatus.Done, AskedAt: not null, RescueAt: not null })
            .Select(row => (row.RescueAt!.Value - row.AskedAt!.Value).TotalMilliseconds);
        return new SafetyReportNumbers(
            // Reports are deleted after their time: no rows then means "nobody knows", not "none".
            IsKnown: reports.Count > 0 || now < to.AddDays(safety.Value.KeepDays),
            reports.Count,
            reports.Where(row => row.Status == SafetyStatus.Safe).Sum(row => row.PeopleCount),
            calls.Sum(row => row.PeopleCount),
            Calls(RescueStatus.Waiting), Calls(RescueStatus.OnTheWay), Calls(RescueStatus.Done),
            calls.Min(row => row.AskedAt),
            DeliveryTimes.Of(done)?.P50Milliseconds / 60_000);
    }

    public async Task<IReadOnlyList<ShelterOpening>> SheltersAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ShelterReport>().AsNoTracking().Where(row => row.At >= from && row.At <= to).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.ShelterId).Distinct(StringComparer.Ordinal).ToList();
        var names = await database.Shelters.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, StringComparer.Ordinal, cancellationToken);
        return [.. rows.GroupBy(row => row.ShelterId, StringComparer.Ordinal)
            .Select(group => new ShelterOpening(
                group.Key, names.GetValueOrDefault(group.Key) ?? new(group.Key, group.Key), group.FirstOrDefault(row => row.Status == ShelterStatus.Open)?.At,
                group.Max(row => row.PeopleNow), group.Last().Status))
            .OrderBy(shelter => shelter.OpenedAt ?? DateTimeOffset.MaxValue).ThenBy(shelter => shelter.Id, StringComparer.Ordinal)];
    }

    /// <summary>Channels that are offered and that no test recipient uses: nobody knows that they work.</summary>
    public async Task<IReadOnlyList<string>> UntestedChannelsAsync(CancellationToken cancellationToken)
    {
        var tested = await database.Set<SubscriptionAddress>().AsNoTracking().Where(address => address.ConfirmedAt != null)
            .Join(database.Set<Subscription>().Where(row => row.IsTestRecipient), address => address.SubscriptionId, row => row.Id, (address, _) => address.Channel)
            .Distinct().ToListAsync(cancellationToken);
        return [.. channels.Offered.Select(channel => channel.Name).Except(tested, StringComparer.Ordinal)];
    }

    public async Task<(int Drills, int All)> SubscriptionsAsync(CancellationToken cancellationToken)
    {
        var active = database.Set<Subscription>().AsNoTracking().Where(row => row.Addresses.Any(address => address.ConfirmedAt != null));
        return (await active.CountAsync(row => row.Drills, cancellationToken), await active.CountAsync(cancellationToken));
    }
}
