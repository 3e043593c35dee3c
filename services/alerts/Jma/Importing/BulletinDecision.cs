using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>What a town does with a bulletin, and why. Pure: everything that it depends on is given.</summary>
public sealed record BulletinDecision(BulletinOutcome Outcome, bool Concerns, string Explanation)
{
    /// <param name="bulletin">As the town reads it.</param>
    /// <param name="chain">Earlier and later bulletins about the same, as they arrived.</param>
    /// <param name="others">Kinds that the town already has about the same, of those that say it better.</param>
    /// <param name="inForce">The alert about it that is in force, or null.</param>
    public static BulletinDecision Of(
        TownBulletin bulletin, IReadOnlyList<BulletinRow> chain, IReadOnlyList<string> others, string? inForce, DateTimeOffset now)
    {
        var report = bulletin.Report;
        if (!report.Kind.MakesAlerts)
        {
            return new(BulletinOutcome.OnRecord, Concerns: false, report.Kind.Is("unknown")
                ? $"'{report.Title}' is a kind of bulletin that is not known here. It is on record; residents were told nothing."
                : $"No alerts are made of '{report.Title}'. It is on record; residents were told nothing.");
        }

        // What takes something back names no area: it concerns whom that concerned.
        var isTakingBack = report.InfoType == JmaInfoType.Cancelled;
        var concerns = bulletin.Concerns || (isTakingBack && chain.Any(row => row.Concerns && row.Kind == report.Kind.Key));
        if (!concerns && !isTakingBack)
        {
            return new(BulletinOutcome.DoesNotConcern, false, $"The bulletin does not concern {bulletin.Town.Code}: no area that it names is the municipality's. Nothing was published.");
        }

        if (chain.Any(row => row.Replaces(report)))
        {
            return new(BulletinOutcome.Superseded, concerns, "A newer bulletin about the same came first, so this one is on record and was not published.");
        }

        var isInForce = inForce is not null;
        if (bulletin.Ends && isInForce && isTakingBack && BulletinLine.Told(chain, inForce!)?.Kind != report.Kind.Key)
        {
            return new(BulletinOutcome.NothingToEnd, concerns, "What it takes back was replaced by another kind of bulletin, which stays in force.");
        }

        if (bulletin.Ends && !isInForce)
        {
            return new(BulletinOutcome.NothingToEnd, concerns, isTakingBack
                ? "It takes back what was not published here. Should that still come, it will not be published."
                : "Nothing of it is in force in the municipality, and no alert about it was. Nothing was published.");
        }

        if (bulletin.Ends)
        {
            return new(BulletinOutcome.Published, concerns, isTakingBack ? "The alert was cancelled: the agency took it back." : "The alert was cancelled: nothing of it is in force in the municipality any more.");
        }

        if (bulletin.Expires <= now)
        {
            return new(BulletinOutcome.Expired, concerns, $"It was over at {bulletin.Expires:yyyy-MM-dd HH:mm:ss zzz}, before it came. It is on record and was not published.");
        }

        if (others.Count > 0)
        {
            return new(BulletinOutcome.SaidAlready, concerns, $"Bulletins of the kind {string.Join(", ", others)} say the same and are published instead.");
        }

        return (bulletin.Town.Bulletins ?? new BulletinSettings()).ActionFor(report.Kind.Group) switch
        {
            BulletinAction.Ignore => new(BulletinOutcome.Ignored, concerns, $"The municipality's manifest says that bulletins of the kind {report.Kind.Group} are not published."),
            BulletinAction.Draft => new(BulletinOutcome.Waiting, concerns, $"The municipality's manifest says that bulletins of the kind {report.Kind.Group} wait for an officer: POST jma/{{id}}/publish."),
            _ => new(BulletinOutcome.Published, concerns, "Residents were told."),
        };
    }
}
