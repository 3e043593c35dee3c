using System.Globalization;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.ExchangeLog;

/// <summary>Where a log is read from: a file that was exported, or else the registry.</summary>
/// <param name="File">Path; <c>-</c> is not one.</param>
/// <param name="From">First day of a part, in Japan time.</param>
/// <param name="To">Last day of a part.</param>
internal sealed record LogSource(string? File, string? From, string? To)
{
    /// <summary>Without a first day, the log must begin with its first record.</summary>
    public bool IsWhole => From is null;

    /// <exception cref="CommandException">A day is none, or there is no such file.</exception>
    public void Check(Session session)
    {
        if (new[] { From, To }.FirstOrDefault(day => day is not null && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) is { } wrong)
        {
            throw new CommandException(ExitCodes.Usage, session.Words["log.day", wrong]);
        }

        if (File is not null && !System.IO.File.Exists(File))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["log.noFile", File]);
        }
    }

    public Task<Stream> OpenAsync(Api api, CancellationToken cancellationToken)
    {
        var days = string.Join('&', new[] { ("from", From), ("to", To) }.Where(day => day.Item2 is not null).Select(day => $"{day.Item1}={day.Item2}"));
        return api.OpenAsync("api/registry/exchange-log/export" + (days.Length > 0 ? "?" + days : ""), "application/x-ndjson, application/problem+json", cancellationToken);
    }

    public Stream OpenFile() => new FileStream(File!, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 16 });
}
