using System.CommandLine;
using System.Globalization;
using SmartCity.Cli.Answers;
using SmartCity.Cli.Changes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using Spectre.Console;

namespace SmartCity.Cli.Devices;

/// <summary><c>smartcity device key …</c></summary>
internal static class KeyCommands
{
    private const double DefaultOverlapSeconds = 86_400;

    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var code = new Argument<string>("CODE") { Description = words["argument.code"] };
        var id = new Argument<string>("ID") { Description = words["argument.device"] };
        var key = new Argument<string?>("KEY") { Description = words["argument.key"], Arity = ArgumentArity.ZeroOrOne };
        var overlap = new Option<double>("--overlap-seconds") { Description = words["option.overlap"], DefaultValueFactory = _ => DefaultOverlapSeconds };
        var qr = new Option<bool>("--qr") { Description = words["option.qr"] };
        var yes = new Option<bool>("--yes", "-y") { Description = words["option.yes"] };

        return factory.Group(
            "key",
            factory.Create("list", "key.list", [code, id], (session, cancellation) => ListAsync(session, session.Get(code), session.Get(id), cancellation)),
            factory.Create("rotate", "key.rotate", [code, id, overlap, qr], (session, cancellation) => RotateAsync(session, session.Get(code), session.Get(id), session.Get(overlap), session.Get(qr), cancellation)),
            factory.Create("revoke", "key.revoke", [code, id, key, yes], (session, cancellation) => RevokeAsync(session, session.Get(code), session.Get(id), session.Find(key), session.Get(yes), cancellation)));
    }

    private static async Task<int> ListAsync(Session session, string code, string id, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        var page = await api.GetAsync<Page<KeyRow>>(Path(code, id), cancellationToken);
        if (session.Json)
        {
            session.Terminal.Json(page.Items);
            return ExitCodes.Done;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "key.id", "key.state", "key.by", "key.expires" })
        {
            table.AddColumn(Terminal.Text(session.Words[heading]));
        }

        foreach (var key in page.Items)
        {
            table.AddRow(Terminal.Text(key.Id), Terminal.Text(key.State), Terminal.Text($"{key.CreatedBy}, {ChangePrinter.Time(key.CreatedAt)}"), key.ExpiresAt is { } at ? ChangePrinter.Time(at) : "");
        }

        session.Terminal.Table(table);
        return ExitCodes.Done;
    }

    private static async Task<int> RotateAsync(Session session, string code, string id, double overlapSeconds, bool qr, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        var path = string.Create(CultureInfo.InvariantCulture, $"{Path(code, id)}?overlapSeconds={overlapSeconds}") + (qr ? "&qr=text" : "");
        var (_, text) = await api.CallAsync(HttpMethod.Post, path, null, isRepeatable: false, cancellationToken);
        AccessPrinter.Print(session, Api.Read<Access>(text), "key.rotated", id);
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeAsync(Session session, string code, string id, string? key, bool yes, CancellationToken cancellationToken)
    {
        if (!await session.ConfirmAsync(key is null ? session.Words["key.askAll", id] : session.Words["key.ask", key, id], yes, cancellationToken))
        {
            throw new CommandException(ExitCodes.Refused, session.Words["key.declined"]);
        }

        using var api = await session.ConnectAsync(cancellationToken);
        await api.CallAsync(HttpMethod.Delete, Path(code, id) + (key is null ? "" : "/" + Uri.EscapeDataString(key)), null, isRepeatable: true, cancellationToken);
        session.Terminal.Say(Terminal.Text(session.Words["key.revoked", id]));
        return ExitCodes.Done;
    }

    private static string Path(string code, string id) => $"api/registry/municipalities/{Uri.EscapeDataString(code)}/devices/{Uri.EscapeDataString(id)}/keys";
}
