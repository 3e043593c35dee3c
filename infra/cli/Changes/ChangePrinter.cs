using System.Globalization;
using SmartCity.Cli.Output;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Cli.Changes;

/// <summary>A change request as people read it.</summary>
internal static class ChangePrinter
{
    public static void Print(Terminal terminal, Words words, ChangeView change)
    {
        terminal.Line($"[bold]{Terminal.Text(words["change.title", change.Id, change.Municipality, Status(change, words)])}[/]");
        terminal.Line(Terminal.Text(words["change.proposed", change.ProposedBy, Time(change.ProposedAt)]));
        if (change is { DecidedBy: { } who, DecidedAt: { } at })
        {
            terminal.Line(Terminal.Text(words["change.decided", who, Time(at)]));
        }

        if (change.Reason is { Length: > 0 } reason)
        {
            terminal.Line(Terminal.Text(words["change.reason", reason]));
        }

        PlanPrinter.Print(terminal, words, change.Plan);
    }

    public static string Status(ChangeView change, Words words)
        => words.All.TryGetValue("status." + change.Status, out var text) ? text : change.Status.ToString();

    /// <summary>Japan Standard Time, which is what town halls go by.</summary>
    public static string Time(DateTimeOffset at) => JapanTime.From(at).ToString("yyyy-MM-dd HH:mm:ss 'JST'", CultureInfo.InvariantCulture);
}
