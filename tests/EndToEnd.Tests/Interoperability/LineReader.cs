using System.Diagnostics;

namespace SmartCity.EndToEnd.Tests.Interoperability;

/// <summary>A program whose lines a test waits for.</summary>
internal sealed class LineReader : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    // A program that writes to a pipe keeps its lines to itself until there are many; stdbuf (coreutils) makes it say each at once.
    public LineReader(string program, params string[] arguments) => _process = Process.Start(new ProcessStartInfo("stdbuf", ["-oL", program, .. arguments])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    /// <summary>The next line that holds <paramref name="part"/>.</summary>
    public async Task<string> UntilAsync(string part)
    {
        var seen = new List<string>();
        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (line.Contains(part, StringComparison.Ordinal))
                {
                    return line;
                }

                seen.Add(line);
            }
        }
        catch (OperationCanceledException)
        {
            seen.Add("(nothing more came in time)");
        }

        throw new InvalidOperationException($"'{part}' never came: {string.Join(Environment.NewLine, seen)}");
    }

    /// <summary>Ends it without a goodbye to the broker.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
