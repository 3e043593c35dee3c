using SmartCity.Cli.Answers;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Devices;

/// <summary>Shows what an installer needs. The key goes to the output only, and never a second time.</summary>
internal static class AccessPrinter
{
    public static void Print(Session session, Access access, string doneKey, string device)
    {
        var (terminal, words) = (session.Terminal, session.Words);
        foreach (var notice in access.Notices ?? [])
        {
            terminal.Warn(notice.Message);
        }

        if (session.Json)
        {
            terminal.Json(access);
            return;
        }

        if (access.Key is null)
        {
            terminal.Line(Terminal.Text(access.Hint ?? words["device.noKey"]));
            return;
        }

        terminal.Say(Terminal.Text(words[doneKey, device]));
        terminal.Line(Terminal.Text(words["device.user", access.UserName]));
        terminal.Line(Terminal.Text(words["device.key", access.Key]));
        terminal.Line(Terminal.Text(words["device.topic", access.Topic]));
        if (access.QrText is { } code)
        {
            terminal.Raw(code);
        }

        terminal.Warn(words["device.once"]);
    }
}
