using System.Diagnostics;
using System.Globalization;

namespace SmartCity.Load.Alerts;

/// <summary>How many sockets a process may have: a machine may set a limit that an ordinary program can't raise.</summary>
internal static class OpenFiles
{
    /// <summary>What a host needs beside its streams: databases, listeners, connections among its services.</summary>
    private const int Others = 1_000;

    /// <summary>Raises the limit as far as it goes, then becomes the program.</summary>
    /// <param name="errors">A file for what the program writes to standard error, or null for our own.</param>
    public static ProcessStartInfo Raised(string program, IEnumerable<string> arguments, string? errors = null) => new("/bin/sh",
        ["-c", $"ulimit -n $(ulimit -Hn); exec \"$0\" \"$@\"{(errors is null ? "" : $" 2>>\"{errors}\"")}", program, .. arguments]);

    /// <summary>As many streams as asked for, or as the machine lets one process hold.</summary>
    /// <param name="devices">Other sockets of the process.</param>
    public static async Task<int> StreamsAsync(int wanted, int devices = 0)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "ulimit -Hn"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var limit = (await shell.StandardOutput.ReadToEndAsync()).Trim();
        return limit == "unlimited" ? wanted : Math.Min(wanted, (int.Parse(limit, CultureInfo.InvariantCulture) - Others - devices) / 100 * 100);
    }
}
