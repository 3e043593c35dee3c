using System.Net.Http.Headers;
using SmartCity.Cli.Answers;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Devices;

/// <summary>What <c>device import</c> was asked for.</summary>
internal sealed record ImportOrder(string File, string? KeysFile, string? CardsFile, bool DryRun, bool Yes);

/// <summary><c>device import CODE FILE</c>: the whole list is checked first; then all of it is registered, or nothing.</summary>
internal static class DeviceImport
{
    public static async Task<int> RunAsync(Session session, string code, ImportOrder order, CancellationToken cancellationToken)
    {
        var words = session.Words;
        if (!File.Exists(order.File))
        {
            throw new CommandException(ExitCodes.Usage, words["import.missing", order.File]);
        }

        if (order.KeysFile is not null && order.CardsFile is not null)
        {
            throw new CommandException(ExitCodes.Usage, words["import.one"]);
        }

        var list = await File.ReadAllBytesAsync(order.File, cancellationToken);
        using var api = await session.ConnectAsync(cancellationToken);
        var path = $"api/registry/municipalities/{Uri.EscapeDataString(code)}/devices/import";
        var (_, text) = await api.CallAsync(HttpMethod.Post, path + "?dryRun=true", Csv(list), isRepeatable: true, cancellationToken);
        var check = Api.Read<ImportCheck>(text);
        if (check.Notices.Count > 0)
        {
            session.Terminal.SayTable(NoticeTable.Of(check.Notices, words));
        }

        session.Terminal.Say(Terminal.Text(words["import.checked", words.Count("devices", check.Valid), order.File]));
        if (order.DryRun)
        {
            return ExitCodes.Done;
        }

        if (!await session.ConfirmAsync(words["import.ask", words.Count("devices", check.Valid), code], order.Yes, cancellationToken))
        {
            throw new CommandException(ExitCodes.Refused, words["import.declined"]);
        }

        await RegisterAsync(session, api, path, Csv(list), order, check.Valid, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task RegisterAsync(Session session, Api api, string path, Func<HttpContent> list, ImportOrder order, int devices, CancellationToken cancellationToken)
    {
        if ((order.KeysFile ?? order.CardsFile) is not { } file)
        {
            var (_, answer) = await api.CallAsync(HttpMethod.Post, path, list, isRepeatable: false, cancellationToken, session.Json ? "application/json" : "text/csv");
            session.Terminal.Raw(answer);
            session.Terminal.Warn(session.Words["device.once"]);
            return;
        }

        await using var secret = SecretFile.Create(file, session.Words);
        var (_, keys) = await api.CallAsync(HttpMethod.Post, path, list, isRepeatable: false, cancellationToken, order.CardsFile is null ? "text/csv" : "text/html");
        await secret.WriteAsync(keys, mark: order.CardsFile is null, cancellationToken);
        session.Terminal.Say(Terminal.Text(session.Words["import.done", session.Words.Count("devices", devices), file]));
        session.Terminal.Warn(session.Words["device.once"]);
    }

    private static Func<HttpContent> Csv(byte[] list)
        => () => new ByteArrayContent(list) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
}
