using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.SelfTests;

/// <summary>Begins each town's self-test of the month, from ten o'clock of its first day on, and writes what failed into the log.</summary>
internal sealed class SelfTestCalendar(IServiceScopeFactory scopes, ITownDirectory towns, TimeProvider clock, ILogger<SelfTestCalendar> log) : BackgroundService
{
    private const int FromHour = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do
            {
                foreach (var municipality in towns.Towns.Where(town => town.Offers(AppIds.Alerts)).Select(town => town.Code).ToList())
                {
                    await LookAsync(municipality, stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next process looks again.
            return;
        }
    }

    /// <summary>Does for one town what is due now.</summary>
    public async Task LookAsync(string municipality, CancellationToken cancellationToken)
    {
        if (!towns.TryGet(municipality, out var town))
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
            var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
            var desk = scope.ServiceProvider.GetRequiredService<SelfTestDesk>();
            var now = clock.GetJapanNow();
            if ((now.Day > 1 || now.Hour >= FromHour) && await database.Set<Subscription>().AnyAsync(row => row.IsTestRecipient, cancellationToken))
            {
                await desk.BeginAsync(town, $"{municipality}-{now.ToString("yyyy-MM", CultureInfo.InvariantCulture)}", officer: null, cancellationToken);
            }

            await ReportAsync(database, desk, municipality, cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            log.SelfTestsNotRun(exception);
        }
    }

    private async Task ReportAsync(AlertDbContext database, SelfTestDesk desk, string municipality, CancellationToken cancellationToken)
    {
        foreach (var test in await database.Set<SelfTest>().Where(row => !row.IsReported).ToListAsync(cancellationToken))
        {
            var view = await desk.ViewAsync(test, cancellationToken);
            if (!view.IsComplete)
            {
                continue;
            }

            foreach (var result in view.Channels.Where(result => result.Status is "failed" or "no-recipient"))
            {
                log.SelfTestFailed(municipality, test.Id, result.Channel, result.Why ?? result.Status);
            }

            test.IsReported = true;
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
