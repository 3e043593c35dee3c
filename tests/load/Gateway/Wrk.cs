using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.Load.Gateway;

/// <summary>Debian's wrk: one thread, so that it leaves the other core to what is measured.</summary>
internal static partial class Wrk
{
    /// <summary>For whom all requests come, as a proxy before would say: of the documentation's range (RFC 5737).</summary>
    private const string Client = "198.51.100.7";

    public static bool IsInstalled => File.Exists("/usr/bin/wrk");

    /// <param name="connections">Kept alive, each with one request under way.</param>
    public static async Task<WrkResult> RunAsync(Uri url, int connections, TimeSpan duration, string? token, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--threads", "1", "--connections", connections.ToString(CultureInfo.InvariantCulture),
            "--header", "X-Forwarded-For: " + Client,
            "--duration", string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0}s"), "--latency",
            .. token is null ? Array.Empty<string>() : ["--header", "Authorization: Bearer " + token],
            url.ToString(),
        ];
        using var wrk = Process.Start(new ProcessStartInfo("/usr/bin/wrk", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
        await wrk.WaitForExitAsync(cancellationToken);
        return new WrkResult(
            double.Parse(Rate().Match(text).Groups["value"].Value, CultureInfo.InvariantCulture),
            Milliseconds(Median().Match(text)),
            Milliseconds(NinetyNinth().Match(text)),
            Failures().Matches(text).Sum(match => match.Groups["count"].Captures.Sum(count => long.Parse(count.Value, CultureInfo.InvariantCulture))));
    }

    private static double Milliseconds(Match match)
    {
        var value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch { "us" => value / 1000, "ms" => value, "s" => value * 1000, _ => value * 60_000 };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[0-9.]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+(?<value>[0-9.]+)(?<unit>[a-z]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Median();

    [GeneratedRegex(@"99%\s+(?<value>[0-9.]+)(?<unit>[a-z]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NinetyNinth();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<count>[0-9]+)|connect (?<count>[0-9]+), read (?<count>[0-9]+), write (?<count>[0-9]+), timeout (?<count>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Failures();
}

/// <param name="Failures">Answers other than 2xx and 3xx, broken connections and timeouts.</param>
internal sealed record WrkResult(double RequestsPerSecond, double MedianMilliseconds, double NinetyNinthMilliseconds, long Failures)
{
    /// <summary>Processor time that the measured program took for a request.</summary>
    public double MicrosecondsPerRequest { get; init; }
}
