using SmartCity.Alerts.Jma.Kinds;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>
/// Which bulletins of one line replace which. Every kind counts its own serials, and a forecast goes on beside the warning about
/// the same quake: serials are compared within one kind alone, and a lesser kind never replaces a better one.
/// </summary>
public static class BulletinLine
{
    /// <summary>Whether a bulletin that was here first is newer. Of another kind, only what residents were told replaces anything.</summary>
    public static bool Replaces(this BulletinRow row, JmaReport report)
        => row.Kind == report.Kind.Key
            ? row.CompareTo(report) > 0
            : row is { Outcome: BulletinOutcome.Published, InfoType: not JmaInfoType.Cancelled }
                && row.ReportedAt > report.ReportedAt && !JmaKinds.SaysBetter(report.Kind.Key, row.Kind);

    /// <summary>The bulletin that an alert stands on: the newest of the best kind that residents were told.</summary>
    /// <param name="alertId">The alert that is in force.</param>
    public static BulletinRow? Told(IReadOnlyList<BulletinRow> chain, string alertId)
    {
        var told = chain.Where(row => row.Outcome == BulletinOutcome.Published && row.AlertId == alertId).ToList();
        return told.Where(row => !told.Exists(other => JmaKinds.SaysBetter(other.Kind, row.Kind)))
            .OrderByDescending(row => row.ReportedAt).ThenByDescending(row => row.ReceivedAt).FirstOrDefault();
    }

    /// <summary>
    /// Takes from the officers' desk what is out of date: older bulletins of the same kind, once a newer one that concerns the
    /// town is told, waits itself, or says that nothing is in force.
    /// </summary>
    public static void Withdraw(IReadOnlyList<BulletinRow> chain, JmaReport report, BulletinDecision decision)
    {
        if (decision is not { Concerns: true, Outcome: BulletinOutcome.Published or BulletinOutcome.Waiting or BulletinOutcome.NothingToEnd })
        {
            return;
        }

        foreach (var waiting in chain.Where(row => row.Outcome == BulletinOutcome.Waiting && row.Kind == report.Kind.Key && row.CompareTo(report) < 0))
        {
            waiting.Outcome = BulletinOutcome.Superseded;
            waiting.Explanation = "A newer bulletin about the same came while it waited for an officer.";
            waiting.Content = null;
        }
    }

    private static int CompareTo(this BulletinRow row, JmaReport report) => JmaIdentity.Compare(row.Order, (report.ReportedAt, report.Serial, report.InfoType));
}
