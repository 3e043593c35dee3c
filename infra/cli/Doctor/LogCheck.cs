using System.Globalization;
using SmartCity.Cli.ExchangeLog;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Doctor;

/// <summary>Whether the exchange log is intact. It is read whole, and only operators may; the reading is a record itself.</summary>
internal static class LogCheck
{
    public static async Task RunAsync(Session session, Api api, string? keysFile, List<Finding> findings, CancellationToken cancellationToken)
    {
        var words = session.Words;
        if (api.Token is null)
        {
            findings.Add(new Finding("exchange-log", FindingState.Unsure, words["doctor.log.operator"], words["doctor.log.operator.do"]));
            return;
        }

        try
        {
            var keys = keysFile is null ? await LogKeys.FetchAsync(api, cancellationToken) : await LogKeys.ReadAsync(session, keysFile, cancellationToken);
            await using var log = await new LogSource(null, null, null).OpenAsync(api, cancellationToken);
            var report = await LogVerify.FollowAsync(session, log, keys, isWhole: true, earlier: null, cancellationToken);
            var count = report.Records.ToString(CultureInfo.InvariantCulture);
            findings.Add(report.IsIntact
                ? new Finding("exchange-log", FindingState.Good, words[keysFile is null ? "doctor.log.ownKeys" : "doctor.log", count])
                : new Finding("exchange-log", FindingState.Bad, words["doctor.log.faults", words.Count("faults", report.Faults.Count), ReportPrinter.What(report.Faults[0], words)], words["doctor.log.faults.do"]));
        }
        catch (ApiRefusal refusal) when (refusal.Status is 401 or 403)
        {
            findings.Add(new Finding("exchange-log", FindingState.Unsure, words["doctor.log.operator"], words["doctor.log.operator.do"]));
        }
        catch (Exception exception) when (exception is ApiRefusal or CommandException)
        {
            findings.Add(new Finding("exchange-log", FindingState.Bad, words["doctor.log.unread", exception.Message], words["next.doctor"]));
        }
    }
}
