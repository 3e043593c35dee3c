using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Cli.ExchangeLog;

/// <summary>
/// <c>log verify</c>: 0 intact, 1 something was found, 2 it could not be checked, whatever kept it from being checked:
/// a script must never take a registry that is away for a log that was tampered with.
/// </summary>
internal static class LogVerify
{
    public static async Task<int> RunAsync(Session session, LogSource source, string? keysFile, CancellationToken cancellationToken)
    {
        ExchangeLogReport report;
        try
        {
            report = await VerifyAsync(session, source, keysFile, cancellationToken);
        }
        catch (CommandException exception)
        {
            session.Terminal.Fail(exception.Message);
            return ExitCodes.Usage;
        }
        catch (ApiRefusal refusal)
        {
            ProblemPrinter.Print(session, refusal);
            return ExitCodes.Usage;
        }

        ReportPrinter.Print(session, report);
        return report.IsIntact ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static async Task<ExchangeLogReport> VerifyAsync(Session session, LogSource source, string? keysFile, CancellationToken cancellationToken)
    {
        source.Check(session);
        if (source.File is not null)
        {
            var kept = await LogKeys.ReadAsync(session, keysFile ?? throw new CommandException(ExitCodes.Usage, session.Words["log.keysNeeded"]), cancellationToken);
            await using var file = source.OpenFile();
            return await FollowAsync(session, file, kept, source.IsWhole, cancellationToken);
        }

        var known = keysFile is null ? null : await LogKeys.ReadAsync(session, keysFile, cancellationToken);
        using var api = await session.ConnectAsync(cancellationToken);
        if (known is null)
        {
            session.Terminal.Warn(session.Words["log.keysOfRegistry"]);
            known = await LogKeys.FetchAsync(api, cancellationToken);
        }

        await using var log = await source.OpenAsync(api, cancellationToken);
        return await FollowAsync(session, log, known, source.IsWhole, cancellationToken);
    }

    internal static Task<ExchangeLogReport> FollowAsync(Session session, Stream log, IReadOnlyList<string> keys, bool isWhole, CancellationToken cancellationToken)
        => ExchangeLogVerifier.VerifyAsync(log, keys, isWhole, new Progress(session), cancellationToken);

    // Not Progress<T>: that one tells on another thread, maybe after the result is printed.
    private sealed class Progress(Session session) : IProgress<long>
    {
        public void Report(long value) => session.Terminal.Say(Terminal.Text(session.Words["log.progress", ReportPrinter.Number(value)]));
    }
}
