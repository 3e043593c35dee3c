using System.Text;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Cli.ExchangeLog;

/// <summary><c>log export</c>: the log as it stands, to the output or a new file. It holds who did what: its owner alone reads the file.</summary>
internal static class LogExport
{
    public static async Task<int> RunAsync(Session session, LogSource source, string? target, CancellationToken cancellationToken)
    {
        source.Check(session);
        using var api = await session.ConnectAsync(cancellationToken);
        await using var log = await source.OpenAsync(api, cancellationToken);
        if (target is null)
        {
            using var reader = new StreamReader(log, Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                session.Terminal.Raw(line + "\n");
            }

            return ExitCodes.Done;
        }

        RefuseExisting(session, target);
        await WriteAsync(log, target, cancellationToken);
        session.Terminal.Say(Terminal.Text(session.Words["log.written", target]));
        return ExitCodes.Done;
    }

    /// <exception cref="CommandException">A log or a key that was kept is never written over.</exception>
    public static void RefuseExisting(Session session, string target)
    {
        if (File.Exists(target))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["log.exists", target]);
        }
    }

    private static async Task WriteAsync(Stream log, string target, CancellationToken cancellationToken)
    {
        var isWhole = false;
        try
        {
            await using var file = new FileStream(target, OwnerOnly.Write(FileMode.CreateNew));
            await log.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
            isWhole = true;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(target);
            }
        }
    }
}
