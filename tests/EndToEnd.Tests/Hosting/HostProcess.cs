using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>The one-machine host as a real process, on ports that the system picks.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int MostStarts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly StringBuilder _output = new();
    private readonly string[] _arguments;
    private readonly bool _ownsData;
    private Process _process = null!;
    private HttpClient? _http;

    private HostProcess(string data, bool ownsData, string[] arguments)
    {
        Data = data;
        _ownsData = ownsData;
        _arguments = arguments;
    }

    public string Data { get; }

    private IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public HostFile File { get; private set; } = null!;

    public HttpClient Http => _http ??= new HttpClient { BaseAddress = new Uri(File.Gateway), Timeout = TimeSpan.FromSeconds(30) };

    public int ProcessId => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    // Seen before it opens anything, or while it does.
    private static readonly string[] PortLost = ["taken by another program", "address already in use"];

    public static string Program => Path.Combine(AppContext.BaseDirectory, "SmartCity.Host.dll");

    public static async Task<HostProcess> StartAsync(params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("smartcity-e2e-").FullName;
        var host = new HostProcess(data, ownsData: true, arguments);
        await host.RestartAsync();
        return host;
    }

    /// <param name="settings">Of its services, as environment variables: <c>Delivery__AllowPrivateReceivers</c>.</param>
    public static async Task<HostProcess> StartWithAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var host = new HostProcess(Directory.CreateTempSubdirectory("smartcity-e2e-").FullName, ownsData: true, arguments) { Settings = settings };
        await host.RestartAsync();
        return host;
    }

    /// <summary>Starts again on the same data, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync()
    {
        for (var attempt = 1; !await TryStartAsync(isLast: attempt == MostStarts); attempt++)
        {
            // Between being picked and being opened a port may go to a connection of another test: others are picked.
            lock (_output)
            {
                _output.Clear();
            }
        }
    }

    /// <returns>False where one of the ports was gone when it was to be opened.</returns>
    private async Task<bool> TryStartAsync(bool isLast)
    {
        _http?.Dispose();
        _http = null;
        System.IO.File.Delete(Path.Combine(Data, "host.json"));
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet", [Program, "--data", Data, "--port-base", "0", .. _arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A machine that is busy with the tests themselves must not look like a service that hangs.
        start.Environment["Portal__Patience__AlertsMilliseconds"] = "20000";
        start.Environment["Portal__Patience__TelemetryMilliseconds"] = "20000";
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The host ended before it was ready."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(StartLimit);
        }
        catch (InvalidOperationException) when (!isLast && PortLost.Any(words => Output.Contains(words, StringComparison.Ordinal)))
        {
            _process.Dispose();
            return false;
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            throw new InvalidOperationException(exception.Message + Environment.NewLine + Output, exception);
        }

        File = JsonSerializer.Deserialize<HostFile>(await System.IO.File.ReadAllTextAsync(Path.Combine(Data, "host.json")), CityJson.Options)!;
        return true;
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
        if (_ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith("SmartCity is ready", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
