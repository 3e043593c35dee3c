using System.Globalization;
using SmartCity.Contracts;
using Spectre.Console;

namespace SmartCity.Cli.Output;

/// <summary>Faults and warnings of a file that was handed in, as a compiler lists them.</summary>
internal static class NoticeTable
{
    public static Table Of(IReadOnlyList<Notice> notices, Words words)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "notice.severity", "notice.line", "notice.column", "notice.field", "notice.value", "notice.message" })
        {
            table.AddColumn(new TableColumn(Terminal.Text(words[heading])));
        }

        foreach (var notice in notices)
        {
            table.AddRow(
                notice.Severity == NoticeSeverity.Error ? $"[red]{Terminal.Text(words["severity.error"])}[/]" : $"[yellow]{Terminal.Text(words["severity.warning"])}[/]",
                notice.Line?.ToString(CultureInfo.InvariantCulture) ?? "",
                notice.Column?.ToString(CultureInfo.InvariantCulture) ?? "",
                Terminal.Text(notice.Field),
                Terminal.Text(notice.Value),
                Terminal.Text(notice.Message));
        }

        return table;
    }

    /// <summary>One line each, <c>file:line:column: error code: message</c>, which editors and CI systems can follow.</summary>
    public static string Line(string file, Notice notice, Words words)
    {
        var isError = notice.Severity == NoticeSeverity.Error;
        var place = string.Create(CultureInfo.InvariantCulture, $"{(notice.File is { } other ? Path.Combine(Path.GetDirectoryName(file) ?? "", other) : file)}:{notice.Line ?? 1}:{notice.Column ?? 1}");
        return $"{Terminal.Text(place)}: {(isError ? "[red]" : "[yellow]")}{Terminal.Text(words[isError ? "severity.error" : "severity.warning"])}[/] {Terminal.Text(notice.Code)}: {Terminal.Text(notice.Message)}";
    }
}
