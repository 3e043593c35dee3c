using System.Globalization;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Cli.Output;

/// <summary>A plan as people read it: what comes, changes and goes, what to look at, what would be lost.</summary>
internal static class PlanPrinter
{
    private const int MostFields = 12;

    public static void Print(Terminal terminal, Words words, Plan plan)
    {
        foreach (var step in plan.Steps)
        {
            PrintStep(terminal, words, step);
        }

        terminal.Line(plan.Steps.Count == 0
            ? Terminal.Text(words["plan.nothing", plan.Municipality])
            : $"[bold]{Terminal.Text(words["plan.counts", plan.Municipality, plan.Counts.Add, plan.Counts.Change, plan.Counts.Remove])}[/]");
        foreach (var warning in plan.Warnings.Where(notice => notice.Severity != NoticeSeverity.Error))
        {
            var place = warning is { Line: { } line, File: null } ? string.Create(CultureInfo.InvariantCulture, $" ({words["notice.line"]} {line})") : "";
            var mark = warning.Severity == NoticeSeverity.Info ? "[grey]i[/]" : "[yellow]![/]";
            terminal.Line($"{mark} {Terminal.Text(warning.Message + place)}");
        }

        foreach (var loss in plan.Losses)
        {
            terminal.Line($"[red]{Terminal.Text(words["plan.loss", loss.Count?.ToString("N0", CultureInfo.InvariantCulture) ?? words["plan.loss.unknown"], loss.What, $"{loss.Section}/{loss.Id}"])}[/]");
        }

        if (plan.OperatorNeeded is { } why)
        {
            terminal.Line($"[yellow]{Terminal.Text(words["plan.operator", why])}[/]");
        }
    }

    private static void PrintStep(Terminal terminal, Words words, PlanStep step)
    {
        var colour = step.Operation switch { "+" => "green", "~" => "yellow", _ => "red" };
        terminal.Line($"[{colour}]{step.Operation} {Terminal.Text(step.Section)}/{Terminal.Text(step.Id)}[/]");

        // Of what goes, the name is enough: its fields are in the export.
        var fields = step.Operation == "-" ? [] : step.Fields.Take(MostFields).ToList();
        foreach (var field in fields)
        {
            terminal.Line($"    {Terminal.Text(field.Field)}: " + (step.Operation == "+"
                ? Terminal.Text(field.After)
                : $"{Value(field.Before, words)} [grey]→[/] {Value(field.After, words)}"));
        }

        if (fields.Count > 0 && step.Fields.Count > MostFields)
        {
            terminal.Line($"    [grey]{Terminal.Text(words["plan.moreFields", step.Fields.Count - MostFields])}[/]");
        }
    }

    private static string Value(string? value, Words words) => value is null ? $"[grey]{Terminal.Text(words["plan.none"])}[/]" : Terminal.Text(value);
}
