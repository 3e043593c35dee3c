using System.Diagnostics;
using System.Globalization;

namespace SmartCity.Load.Processes;

/// <summary>A program that runs beside the benchmark and is stopped by it.</summary>
internal class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    protected ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }

    /// <summary>Resident memory in bytes, as the kernel accounts it.</summary>
    public long ResidentBytes => Status("VmRSS:");

    /// <summary>The most resident memory since its start, or since the last <see cref="ForgetPeak"/>, in bytes.</summary>
    public long PeakBytes => Status("VmHWM:");

    /// <summary>Counts the most resident memory anew from what it is now (proc(5), clear_refs).</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    protected int Id => _process.Id;

    /// <summary>Processor time since its start, of all its threads.</summary>
    public virtual TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    private long Status(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    /// <summary>This program again, with another command.</summary>
    protected static ProcessStartInfo Self(params string[] arguments)
    {
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new ProcessStartInfo(path, [typeof(ChildProcess).Assembly.Location, .. arguments])
            : new ProcessStartInfo(path, arguments);
    }

    /// <summary>The next line that the program says.</summary>
    /// <param name="patience">For what takes long, such as a start with a hundred thousand devices.</param>
    protected async Task<string> ReadLineAsync(TimeSpan? patience = null)
        => await _process.StandardOutput.ReadLineAsync().WaitAsync(patience ?? Patience)
            ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended without a word.");

    protected async Task<string> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

    /// <summary>Lets what the program says go by, so that it never waits for a reader.</summary>
    protected void IgnoreOutput() => _process.BeginOutputReadLine();

    /// <summary>The same after lines were read one by one.</summary>
    protected void IgnoreFurtherOutput() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        GC.SuppressFinalize(this);
    }
}
