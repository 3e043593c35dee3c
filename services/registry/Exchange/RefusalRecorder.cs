using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Registry.Exchange;

/// <summary>An attempt to read somebody's log without a grant is a record that this person reads.</summary>
internal sealed class RefusalRecorder(ExchangeDesk desk) : IRefusalRecorder
{
    public Task RecordAsync(HttpContext http, string subject, CancellationToken cancellationToken)
        // What a stranger wrote becomes part of a log that nobody can change: ids only.
        => ExchangeDesk.RefuseSubject(subject) is not null
            ? Task.CompletedTask
            : desk.RecordAsync(http, new ExchangeEntry(http.User.HomeTown(), "exchange-log.read", ExchangePurposes.OnBehalf, subject) { Result = ExchangeResults.Refused }, cancellationToken);
}
