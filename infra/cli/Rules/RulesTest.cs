using System.Globalization;
using System.Text;
using SmartCity.Cli.Output;
using SmartCity.Cli.Recordings;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Manifests;
using Spectre.Console;

namespace SmartCity.Cli.Rules;

/// <summary>What <c>rules test</c> was asked for.</summary>
internal sealed record TestOrder(string Rules, string Recording, string? Device, string? Picture);

/// <summary><c>rules test RULES --replay FILE</c>: what would have fired, by the very classes that the platform runs.</summary>
internal static class RulesTest
{
    public static async Task<int> RunAsync(Session session, TestOrder order, CancellationToken cancellationToken)
    {
        var (terminal, words) = (session.Terminal, session.Words);
        var file = await ReadRulesAsync(session, order.Rules, cancellationToken);
        var readings = await Recording.ReadAsync(session, order.Recording, cancellationToken);
        if (order.Device is { } device)
        {
            readings = [.. readings.Where(reading => reading.Device == device)];
            if (readings.Count == 0)
            {
                throw new CommandException(ExitCodes.Refused, words["rules.noDevice", device, order.Recording]);
            }
        }

        terminal.Say(Terminal.Text(words["rules.running", readings.Count, file.Town!.Rules.Count]));
        var rehearsal = new RuleRehearsal(file);
        var firings = rehearsal.Run(readings, cancellationToken);
        if (rehearsal.Unread is { Count: > 0 } unread)
        {
            terminal.Warn(words["rules.unread", string.Join(", ", unread)]);
        }

        if (order.Picture is { } picture)
        {
            await File.WriteAllTextAsync(picture, new SeriesPicture(words, file.Town.Rules).Draw(readings, firings), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            terminal.Say(Terminal.Text(words["rules.picture", picture]));
        }

        Print(session, readings, firings);
        return ExitCodes.Done;
    }

    private static void Print(Session session, IReadOnlyList<RecordedReading> readings, IReadOnlyList<Rehearsed> firings)
    {
        var (terminal, words) = (session.Terminal, session.Words);
        var raised = firings.Count(firing => firing.IsRaised);
        if (session.Json)
        {
            terminal.Json(new
            {
                readings = readings.Count,
                devices = readings.Select(reading => reading.Device).Distinct(StringComparer.Ordinal).Count(),
                from = JapanTime.From(readings[0].At),
                to = JapanTime.From(readings[^1].At),
                raised,
                cleared = firings.Count - raised,
                firings,
            });
        }
        else if (firings.Count > 0)
        {
            terminal.Table(Table(firings, words));
        }

        terminal.Say(Terminal.Text(words[firings.Count == 0 ? "rules.nothing" : "rules.sum",
            readings.Count, Time(readings[0].At), Time(readings[^1].At), raised, firings.Count - raised]));
    }

    private static Table Table(IReadOnlyList<Rehearsed> firings, Words words)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { words["rules.at"], words["rules.subject"], words["rules.rule"], words["rules.change"], words["rules.why"] })
        {
            table.AddColumn(new TableColumn(Terminal.Text(heading)));
        }

        foreach (var firing in firings)
        {
            table.AddRow(
                Terminal.Text(Time(firing.At)),
                Terminal.Text(firing.Subject),
                Terminal.Text(firing.RuleId),
                firing.IsRaised ? $"[red]{Terminal.Text(words["rules.raised"])}[/]" : $"[green]{Terminal.Text(words["rules.cleared"])}[/]",
                Terminal.Text(firing.Explanation));
        }

        return table;
    }

    private static async Task<RulesFile> ReadRulesAsync(Session session, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["rules.missing", path]);
        }

        var file = RulesFile.Read(await File.ReadAllTextAsync(path, cancellationToken));
        var faults = file.Notices.Where(notice => notice.Severity == NoticeSeverity.Error).ToList();
        foreach (var notice in faults)
        {
            session.Terminal.Say(NoticeTable.Line(path, notice, session.Words));
        }

        return file.Town is null || faults.Count > 0
            ? throw new CommandException(ExitCodes.Refused, session.Words["rules.faults", path, session.Words.Count("faults", faults.Count)])
            : file;
    }

    private static string Time(DateTimeOffset at) => JapanTime.From(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
