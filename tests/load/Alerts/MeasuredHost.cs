using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.Load.Ingest;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Alerts;

/// <summary>The one-machine host, as a town runs it: broker, sidecars, every service and the gateway in one process.</summary>
internal sealed class MeasuredHost : ChildProcess
{
    public const string Town = IngestProcess.Town;

    private readonly string _directory;
    private readonly bool _ownsDirectory;

    private MeasuredHost(string directory, bool ownsDirectory, ProcessStartInfo start) : base(start) => (_directory, _ownsDirectory) = (directory, ownsDirectory);

    public Uri Gateway { get; private set; } = null!;

    public Uri Alerts { get; private set; } = null!;

    public Uri Transit { get; private set; } = null!;

    public int MqttPort { get; private set; }

    /// <summary>User name and key of each device, by its id.</summary>
    public IReadOnlyDictionary<string, (string UserName, string Password)> Devices { get; private set; } = null!;

    /// <summary>Tokens of the people, by name.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; private set; } = null!;

    /// <param name="devices">River gauges <c>gauge-0</c> and on; crossing 30 m raises an alert of level 3 at once, below 20 m clears it.</param>
    /// <param name="directory">Where the data of an earlier start are, or null for a new town.</param>
    /// <param name="settings">Environment variables beside the host's own.</param>
    public static async Task<MeasuredHost> StartAsync(int devices, string? directory = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var data = directory ?? NewDirectory();
        var region = Path.Combine(data, "load-region.yaml");
        await File.WriteAllTextAsync(region, Region(devices));
        var start = OpenFiles.Raised(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SmartCity.Host.dll"), "--data", data, "--port-base", "0", "--no-simulator", "--region", region],
            Path.Combine(data, "stderr.txt"));
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        File.Delete(Path.Combine(data, "host.json"));
        var host = new MeasuredHost(data, ownsDirectory: directory is null, start);
        try
        {
            while (!(await host.ReadLineAsync(TimeSpan.FromMinutes(3))).StartsWith("SmartCity is ready", StringComparison.Ordinal))
            {
            }

            host.IgnoreFurtherOutput();
            host.ReadReport();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public static string NewDirectory() => Directory.CreateTempSubdirectory("smartcity-load-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDirectory)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private void ReadReport()
    {
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_directory, "host.json")));
        var root = report.RootElement;
        // Names may lead to either loopback address; the gateway answers at both.
        Gateway = new Uri(root.GetProperty("gateway").GetString()!.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        Alerts = new Uri(root.GetProperty("services").GetProperty("alerts").GetString()!);
        Transit = new Uri(root.GetProperty("services").GetProperty("transit").GetString()!);
        MqttPort = root.GetProperty("mqtt").GetProperty("port").GetInt32();
        Devices = root.GetProperty("devices").EnumerateArray().ToDictionary(
            device => device.GetProperty("id").GetString()!,
            device => (device.GetProperty("userName").GetString()!, device.GetProperty("password").GetString()!), StringComparer.Ordinal);
        Tokens = root.GetProperty("people").EnumerateArray().ToDictionary(
            person => person.GetProperty("name").GetString()!, person => person.GetProperty("token").GetString()!, StringComparer.Ordinal);
    }

    private static string Region(int devices)
    {
        var text = new StringBuilder($$"""
            name: Load
            municipalities:
              - code: "{{Town}}"
                name: { ja: 魚津市, ja-Hira: うおづし, en: Uozu }
                latitudeDegrees: 36.8
                longitudeDegrees: 137.4
                services: [telemetry, alerts, transit]
                alertSender: bousai@uozu.example.lg.jp
                bulletins: { earthquakeAreas: ["380"], tsunamiAreas: ["350"], weatherAreas: ["160000", "160010", "160012"] }
                limits: { devices: 200000, messagesPerSecond: 100000, requestsPerSecond: 100000, requestsPerSecondOfPerson: 10000 }
                rules:
                  - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 30, clearBelow: 20, minimumDurationSeconds: 0 }
                policies:
                  - { ruleId: river-warning, level: 3, hazard: flood, action: Publish }
                people:
                  - { name: officer, role: officer }
                  - { name: clerk, role: clerk }
                devices:

            """);
        for (var device = 0; device < devices; device++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"      - {{ id: gauge-{device}, kind: river, name: {{ ja: 水位計{device}, en: Gauge {device} }}, latitudeDegrees: 36.81, longitudeDegrees: 137.41, alertRadiusMetres: 2000 }}\n");
        }

        return text.ToString();
    }
}
