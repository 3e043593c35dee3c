using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Gives a bulletin to every town that it concerns, each in a scope and database of its own: what hinders one town is no other's matter.</summary>
public sealed class TownGiver(IServiceScopeFactory scopes, ITownDirectory towns)
{
    // Who failed the last time comes last: the others need not wait until its database does not answer.
    private readonly HashSet<string> _ailing = new(StringComparer.Ordinal);

    public IReadOnlyList<Town> Towns => [.. towns.Towns.Where(town => town.Offers(AppIds.Alerts))];

    /// <summary>One round over those that have it not yet.</summary>
    public async Task GiveAsync(Handing handing, CancellationToken cancellationToken)
    {
        handing.BeginRound();
        foreach (var town in Towns.Where(town => !handing.IsSettled(town.Code)).OrderBy(town => _ailing.Contains(town.Code)).ToList())
        {
            try
            {
                if (Concerns(town, handing.Reading.Report!))
                {
                    handing.Settle(town.Code, (await GiveAsync(town, handing, cancellationToken)).Outcome.ToString());
                    _ailing.Remove(town.Code);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                handing.Fail(town.Code, exception);
                _ailing.Add(town.Code);
            }
        }
    }

    // What takes something back names no area: each town knows whether it had it, or must not have it when it comes.
    private static bool Concerns(Town town, JmaReport report) => report.InfoType == JmaInfoType.Cancelled || TownBulletin.Of(town, report).Concerns;

    private async Task<BulletinAnswer> GiveAsync(Town town, Handing handing, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = town.Code;
        return await scope.ServiceProvider.GetRequiredService<JmaDesk>().TakeAsync(town, handing.Reading, handing.Content, "feed", cancellationToken);
    }
}
