using SmartCity.Alerts.Jma.Kinds;
using SmartCity.Alerts.Jma.Places;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Jma.Mapping;

/// <summary>A bulletin as one town has to read it.</summary>
public sealed record TownBulletin
{
    private TownBulletin(Town town, JmaReport report, IReadOnlyList<(JmaStatement Statement, JmaSense Sense)> all)
    {
        Town = town;
        Report = report;
        Statements = [.. all.Where(entry => entry.Sense.IsInForce).OrderByDescending(entry => entry.Sense.Rank).ThenByDescending(entry => entry.Sense.Level ?? 0)];
        Concerns = all.Count > 0;
        Worst = Statements.Count > 0 ? Statements[0].Sense : JmaSense.Nothing;
    }

    public Town Town { get; }

    public JmaReport Report { get; }

    /// <summary>Whether it says anything about the town, be it that nothing is in force there any more.</summary>
    public bool Concerns { get; }

    /// <summary>Whether it is read for everywhere that it names, and not for the town.</summary>
    public bool IsEverywhere { get; private init; }

    /// <summary>What is in force in the town, the gravest first.</summary>
    public IReadOnlyList<(JmaStatement Statement, JmaSense Sense)> Statements { get; }

    public JmaSense Worst { get; }

    /// <summary>Whether it ends what was in force: taken back (取消), or lifted for the town (解除). One that names no area at all ends nothing.</summary>
    public bool Ends => Report.InfoType == JmaInfoType.Cancelled || (Concerns && Statements.Count == 0);

    public string Hazard => Worst.Hazard ?? (Report.Kind.Hazard.Length > 0 ? Report.Kind.Hazard : "other");

    /// <summary>The gravest level that the bulletin states for the town, or null.</summary>
    public int? Level => Statements.Max(entry => entry.Sense.Level);

    /// <summary>When its alert is over if nothing follows.</summary>
    public DateTimeOffset Expires => Report.ValidUntil is { } until && until > Report.ReportedAt ? until : Report.ReportedAt + Report.Kind.HoldsFor;

    public static TownBulletin Of(Town town, JmaReport report)
    {
        var statements = TownStatements.Of(town, report).Select(statement => (statement, JmaSenses.Of(report.Kind, statement))).ToList();
        return new TownBulletin(town, report, statements);
    }

    /// <summary>The bulletin as a whole, for an answer to who handed in one that is not about the town.</summary>
    public static TownBulletin Everywhere(Town town, JmaReport report)
        => new(town, report, [.. report.Statements.Select(statement => (statement, JmaSenses.Of(report.Kind, statement)))]) { IsEverywhere = true };
}
