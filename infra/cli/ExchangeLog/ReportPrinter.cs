using System.Globalization;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Cli.ExchangeLog;

/// <summary>What a look through a log found: every fault with its record and its line, then the sum.</summary>
internal static class ReportPrinter
{
    public static void Print(Session session, ExchangeLogReport report)
    {
        var (terminal, words) = (session.Terminal, session.Words);
        if (session.Json)
        {
            terminal.Json(report);
            return;
        }

        foreach (var fault in report.Faults)
        {
            terminal.Line($"[red]{Terminal.Text(fault.Code)}[/] {Terminal.Text(Place(fault, words))} {Terminal.Text(What(fault, words))}");
        }

        terminal.Line(report.IsIntact ? $"[green]{Terminal.Text(words["log.intact"])}[/]" : $"[red]{Terminal.Text(words["log.notIntact", words.Count("faults", report.Faults.Count)])}[/]");
        terminal.Line(Terminal.Text(words["log.sum", Number(report.Records), Number(report.First), Number(report.Last), Number(report.Seals), report.SealedUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? words["log.neverSealed"]]));
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>In the language of the command; a code that came later than its words is said as the verifier says it.</summary>
    public static string What(ExchangeLogFault fault, Words words)
        => words.Find("log.fault." + fault.Code) is { } text ? string.Format(CultureInfo.InvariantCulture, text, Records(fault)) : fault.Message;

    private static string Place(ExchangeLogFault fault, Words words)
        => fault.Line > 0 ? words["log.place", Number(fault.Line)] : words["log.placeNone"];

    private static string Records(ExchangeLogFault fault) => fault switch
    {
        { Sequence: null } => "",
        { Through: { } last } when last > fault.Sequence => $"{Number(fault.Sequence.Value)}–{Number(last)}",
        _ => Number(fault.Sequence.Value),
    };
}
