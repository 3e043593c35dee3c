using System.Globalization;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using Spectre.Console;

namespace SmartCity.Cli.Changes;

/// <summary><c>changes list</c>: those that wait first, then the newest.</summary>
internal static class ChangeList
{
    private const int Most = 100;

    public static async Task<int> RunAsync(Session session, string? status, string? municipality, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        var query = string.Create(CultureInfo.InvariantCulture, $"api/registry/changes?limit={Most}")
            + (status is null ? "" : "&status=" + Uri.EscapeDataString(status))
            + (municipality is null ? "" : "&municipality=" + Uri.EscapeDataString(municipality));
        var page = await api.GetAsync<Page<ChangeView>>(query, cancellationToken);
        if (session.Json)
        {
            session.Terminal.Json(page);
            return ExitCodes.Done;
        }

        if (page.Items.Count == 0)
        {
            session.Terminal.Say(Terminal.Text(session.Words["changes.none"]));
            return ExitCodes.Done;
        }

        session.Terminal.Table(TableOf(page.Items, session.Words));
        if (page.Next is not null)
        {
            session.Terminal.Say(Terminal.Text(session.Words["changes.more", Most]));
        }

        return ExitCodes.Done;
    }

    private static Table TableOf(IReadOnlyList<ChangeView> changes, Words words)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "change.number", "change.town", "change.status", "change.counts", "change.by", "change.at" })
        {
            table.AddColumn(Terminal.Text(words[heading]));
        }

        foreach (var change in changes.OrderBy(change => change.Status != ChangeStatus.Pending).ThenByDescending(change => change.Id))
        {
            table.AddRow(
                change.Id.ToString(CultureInfo.InvariantCulture),
                Terminal.Text(change.Municipality),
                Terminal.Text(ChangePrinter.Status(change, words)),
                $"[green]+{change.Plan.Counts.Add}[/] [yellow]~{change.Plan.Counts.Change}[/] [red]-{change.Plan.Counts.Remove}[/]",
                Terminal.Text(change.ProposedBy),
                Terminal.Text(ChangePrinter.Time(change.ProposedAt)));
        }

        return table;
    }
}
