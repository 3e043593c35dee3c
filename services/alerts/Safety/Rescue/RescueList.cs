using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Safety.Opening;
using SmartCity.Alerts.Safety.Reports;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety.Rescue;

/// <summary>Reads calls for help. What names people is recorded before it is handed out.</summary>
public sealed class RescueList(AlertDbContext database, SafetyDoor door, PersonalBox box, IExchangeLog exchange, TimeProvider clock)
{
    /// <summary>Those who wait first, by need, then by how long they wait; who was helped comes last.</summary>
    /// <param name="http">Names who reads.</param>
    /// <param name="operation">As the exchange log calls it.</param>
    /// <param name="isExercise">Drill or not; null for what is going on now: what is real while anything real is, or while a real call is not done.</param>
    /// <param name="status">One of <see cref="RescueStatus"/>; null for all.</param>
    /// <param name="skip">Lines before the first.</param>
    /// <param name="take">Lines at most.</param>
    public async Task<IReadOnlyList<RescueRow>> ReadAsync(
        HttpContext http, string operation, bool? isExercise, string? status, int skip, int take, CancellationToken cancellationToken)
    {
        var isDrill = isExercise ?? await IsDrillAsync(cancellationToken);
        var reports = await Asking(isDrill).Where(row => status == null || row.Rescue == status)
            .OrderBy(row => row.Rescue == RescueStatus.Done).ThenBy(row => row.Urgency).ThenBy(row => row.AskedAt).ThenBy(row => row.Id)
            .Skip(skip).Take(take).ToListAsync(cancellationToken);
        exchange.Record(database, http, new ExchangeEntry(http.CurrentTown().Code, operation, ExchangePurposes.Emergency, null));
        await database.SaveChangesAsync(cancellationToken);
        return [.. reports.Select(report => report.ToRow(box.Open(report)))];
    }

    /// <summary>Without reading anything that names people.</summary>
    public async Task<SafetyCounts> CountAsync(bool? isExercise, CancellationToken cancellationToken)
    {
        var isDrill = isExercise ?? await IsDrillAsync(cancellationToken);
        var people = await database.Set<SafetyReport>().AsNoTracking().Where(row => row.IsExercise == isDrill)
            .GroupBy(row => row.Status).Select(rows => new { rows.Key, Reports = rows.Count(), People = rows.Sum(row => row.PeopleCount) })
            .ToListAsync(cancellationToken);
        var asking = await Asking(isDrill).Select(row => new { row.Rescue, row.Needs }).ToListAsync(cancellationToken);
        var open = asking.Where(row => row.Rescue != RescueStatus.Done).SelectMany(row => row.Needs).ToList();
        return new SafetyCounts
        {
            AsOf = clock.GetJapanNow(),
            IsExercise = isDrill,
            Reports = people.Sum(row => row.Reports),
            PeopleSafe = people.Find(row => row.Key == SafetyStatus.Safe)?.People ?? 0,
            PeopleNeedHelp = people.Find(row => row.Key == SafetyStatus.NeedHelp)?.People ?? 0,
            Rescue = RescueStatus.All.ToDictionary(status => status, status => asking.Count(row => row.Rescue == status), StringComparer.Ordinal),
            OpenNeeds = Needs.All.Select(need => need.Key).Where(open.Contains)
                .ToDictionary(need => need, need => open.Count(one => one == need), StringComparer.Ordinal),
        };
    }

    // Real calls that nobody has dealt with stay in front, also where the alert is over and only a drill is open.
    private async Task<bool> IsDrillAsync(CancellationToken cancellationToken)
        => (await door.ReadAsync(cancellationToken)).IsExercise
            && !await Asking(isExercise: false).AnyAsync(row => row.Rescue != RescueStatus.Done, cancellationToken);

    private IQueryable<SafetyReport> Asking(bool isExercise)
        => database.Set<SafetyReport>().AsNoTracking().Where(row => row.IsExercise == isExercise && row.Status == SafetyStatus.NeedHelp);
}
