using System.CommandLine;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using SmartCity.Contracts;
using SmartCity.Engine;
using SmartCity.Load.Processes;
using SmartCity.Telemetry;

namespace SmartCity.Load.Ingest;

/// <summary>Broker, sidecar, grains, rules and store in one process of their own, put together as the host does it.</summary>
internal sealed class IngestProcess : ChildProcess, IMeasuredPipeline
{
    public const string Town = "162043";
    private readonly string _directory;
    private readonly SemaphoreSlim _asking = new(1, 1);

    private IngestProcess(string directory, string database, int devices, string appAddress)
        : base(Self("ingest-host", "--data", directory, "--database", database, "--devices", devices.ToString(CultureInfo.InvariantCulture), "--app", appAddress))
        => _directory = directory;

    public string Name => "SmartCity";

    public int MqttPort { get; private set; }

    public Uri Address { get; private set; } = null!;

    /// <param name="database">A PostgreSQL connection string, or empty for SQLite.</param>
    /// <param name="appAddress">Where the events go, or empty for nowhere.</param>
    public static async Task<IngestProcess> StartAsync(string database, int devices, string appAddress = "")
    {
        var process = new IngestProcess(Directory.CreateTempSubdirectory("smartcity-load-").FullName, database, devices, appAddress);
        var words = (await process.ReadLineAsync(TimeSpan.FromMinutes(3))).Split(' ');
        process.MqttPort = int.Parse(words[0], CultureInfo.InvariantCulture);
        process.Address = new Uri(words[1]);
        return process;
    }

    public async Task<long> StoredAsync() => (await CountAsync()).Messages;

    /// <summary>Messages and readings stored so far, and readings that were stored before.</summary>
    public async Task<(long Messages, long Readings, long Duplicates)> CountAsync()
    {
        await _asking.WaitAsync();
        try
        {
            var numbers = (await AskAsync("count")).Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            return (numbers[0], numbers[1], numbers[2]);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Resident memory after a collection.</summary>
    public async Task<long> CollectedBytesAsync()
    {
        await AskAsync("collect");
        return ResidentBytes;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _asking.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The child's side: says its ports, then answers questions until its standard input ends.</summary>
    public static Command Command()
    {
        var data = new Option<string>("--data") { Required = true };
        var database = new Option<string>("--database") { Required = true };
        var devices = new Option<int>("--devices") { Required = true };
        var app = new Option<string>("--app") { Required = true };
        var command = new Command("ingest-host", "Broker and telemetry service, for the benchmarks") { data, database, devices, app };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => ServeAsync(
            arguments.GetRequiredValue(data), arguments.GetRequiredValue(database), arguments.GetValue(devices), arguments.GetRequiredValue(app), cancellationToken));
        return command;
    }

    private static async Task ServeAsync(string directory, string database, int devices, string appAddress, CancellationToken cancellationToken)
    {
        using var counts = new Counts();
        using var loggers = LoggerFactory.Create(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        var (mqttPort, sidecarPort) = (PeerBroker.FreePort(), PeerBroker.FreePort());
        var region = Path.Combine(directory, "region.yaml");
        await File.WriteAllTextAsync(region, Region(devices), cancellationToken);
        await using var platform = await LocalPlatform.StartAsync(
            new LocalPlatformOptions
            {
                DataDirectory = directory,
                MqttPort = mqttPort,
                SidecarPorts = new Dictionary<string, int>(StringComparer.Ordinal) { [AppIds.Telemetry] = sidecarPort, [AppIds.Alerts] = 0 },
                Access = new AllowEverybody(),
                DurableSessions = [new LocalMqttSession("telemetry-ingest", "service", [MqttTopic.AllTelemetry, MqttTopic.AllStatus])],
                Subscriptions = [new LocalSubscription(AppIds.Alerts, Topics.SensorThreshold, "/events/sensor-threshold", Topics.DeadLetter)],
                Loggers = loggers,
            },
            cancellationToken);
        if (appAddress.Length > 0)
        {
            platform.SetAppAddress(AppIds.Alerts, new Uri(appAddress));
        }

        await using var service = TelemetryService.Definition.Build(
            [
                "--urls=http://127.0.0.1:0", "--environment=Development", "--Region:File=" + region,
                "--Orleans:Directory=" + Path.Combine(directory, "grains"),
                "--ConnectionStrings:Database=" + (database.Length > 0 ? database : "Data Source=" + Path.Combine(directory, "telemetry.db")),
                string.Create(CultureInfo.InvariantCulture, $"--Dapr:HttpEndpoint=http://127.0.0.1:{sidecarPort}"),
                string.Create(CultureInfo.InvariantCulture, $"--Mqtt:Port={mqttPort}"),
                "--Logging:Console:LogToStandardErrorThreshold=Trace", "--Mqtt:UserName=service", "--Mqtt:Password=secret",
            ],
            builder => builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft", LogLevel.Error));
        await service.StartAsync(cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mqttPort} {service.Urls.First()}"));
        while (await Console.In.ReadLineAsync(cancellationToken) is { } question)
        {
            if (question == "collect")
            {
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            Console.WriteLine(counts);
        }

        await service.StopAsync(cancellationToken);
    }

    private static string Region(int devices)
    {
        var text = new StringBuilder($$"""
            name: Load
            municipalities:
              - code: "{{Town}}"
                name: { ja: 魚津市, en: Uozu }
                latitudeDegrees: 36.8
                longitudeDegrees: 137.4
                services: [telemetry]
                limits: { devices: 200000 }
                rules:
                  - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 30, clearBelow: 20 }
                devices:

            """);
        for (var device = 0; device < devices; device++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{ id: gauge-{device}, kind: river, name: {{ ja: 水位計{device}, en: Gauge {device} }} }}\n");
        }

        return text.ToString();
    }

    private sealed class AllowEverybody : IMqttAccess
    {
        public ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
            => ValueTask.FromResult(MqttAdmission.Admitted);

        public bool MayPublish(string userName, string topic) => true;

        public bool MaySubscribe(string userName, string topicFilter) => true;

        public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic, MqttRefusalKind kind) => null;
    }

    /// <summary>Listens to the service's own counters.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _messages;
        private long _readings;
        private long _duplicates;

        public Counts()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "smartcity.ingest.messages" or "smartcity.ingest.readings" or "smartcity.ingest.duplicates")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            {
                switch (instrument.Name)
                {
                    case "smartcity.ingest.messages":
                        Interlocked.Add(ref _messages, value);
                        break;
                    case "smartcity.ingest.readings":
                        Interlocked.Add(ref _readings, value);
                        break;
                    default:
                        Interlocked.Add(ref _duplicates, value);
                        break;
                }
            });
            _listener.Start();
        }

        public void Dispose() => _listener.Dispose();

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Interlocked.Read(ref _messages)} {Interlocked.Read(ref _readings)} {Interlocked.Read(ref _duplicates)}");
    }
}
