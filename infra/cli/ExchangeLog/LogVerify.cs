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
    public static async Task<int> RunAsync(Session session, LogSource source, string? keysFile, string? earlierFile, CancellationToken cancellationToken)
    {
        ExchangeLogReport report;
        try
        {
            report = await VerifyAsync(session, source, keysFile, earlierFile, cancellationToken);
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

    private static async Task<ExchangeLogReport> VerifyAsync(Session session, LogSource source, string? keysFile, string? earlierFile, CancellationToken cancellationToken)
    {
        source.Check(session);
        if (source.File is not null)
        {
            var kept = await LogKeys.ReadAsync(session, keysFile ?? throw new CommandException(ExitCodes.Usage, session.Words["log.keysNeeded"]), cancellationToken);
            await using var file = source.OpenFile();
            return await FollowAsync(session, file, kept, source.IsWhole, await EarlierAsync(session, earlierFile, kept, cancellationToken), cancellationToken);
        }

        var known = keysFile is null ? null : await LogKeys.ReadAsync(session, keysFile, cancellationToken);
        using var api = await session.ConnectAsync(cancellationToken);
        if (known is null)
        {
            session.Terminal.Warn(session.Words["log.keysOfRegistry"]);
            known = await LogKeys.FetchAsync(api, cancellationToken);
        }

        var earlier = await EarlierAsync(session, earlierFile, known, cancellationToken);
        await using var log = await source.OpenAsync(api, cancellationToken);
        return await FollowAsync(session, log, known, source.IsWhole, earlier, cancellationToken);
    }

    internal static Task<ExchangeLogReport> FollowAsync(
        Session session, Stream log, IReadOnlyList<string> keys, bool isWhole, ExchangeHead? earlier, CancellationToken cancellationToken)
        => ExchangeLogVerifier.VerifyAsync(log, keys, isWhole, earlier, new Progress(session), cancellationToken);

    // Whoever holds the database can cut off its end, seals and all; an export that was kept knows better.
    private static async Task<ExchangeHead?> EarlierAsync(Session session, string? file, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        new LogSource(file, null, null).Check(session);
        await using var kept = new LogSource(file, null, null).OpenFile();
        return await ExchangeLogVerifier.HeadOfAsync(kept, keys, cancellationToken) ?? throw new CommandException(ExitCodes.Usage, session.Words["log.earlierBad", file]);
    }

    // Not Progress<T>: that one tells on another thread, maybe after the result is printed.
    private sealed class Progress(Session session) : IProgress<long>
    {
        public void Report(long value) => session.Terminal.Say(Terminal.Text(session.Words["log.progress", ReportPrinter.Number(value)]));
    }
}
