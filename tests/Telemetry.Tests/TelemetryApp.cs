using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Engine;
using SmartCity.ServiceTestKit;

namespace SmartCity.Telemetry.Tests;

/// <summary>The telemetry service with a real broker and sidecar, and a subscriber to its events.</summary>
internal sealed class TelemetryApp : IAsyncDisposable
{
    public const string Town = "162043";
    public const string Device = "river-katakai-1";

    public const string OtherTown = "163422";

    private const string Region = """
        name: Test
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, en: Uozu }
            latitudeDegrees: 36.8
            longitudeDegrees: 137.4
            isolation: Shared
            services: [telemetry]
            rules:
              - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0 }
            deviceKinds:
              - { kind: soil, payload: { preset: the-things-stack } }
            devices:
              - { id: soil-1, kind: soil, name: { ja: 畑, en: Field } }
              - id: tank-1
                kind: tank
                name: { ja: 受水槽, en: Tank }
                payload: { values: { waterLevelMetres: { path: $.cm, factor: 0.01 } } }
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川, en: Katakai River }, latitudeDegrees: 36.8, longitudeDegrees: 137.4 }
              - { id: weather-1, kind: weather, name: { ja: 気象, en: Weather } }
          - code: "163422"
            name: { ja: 入善町, en: Nyuzen }
            latitudeDegrees: 36.9
            longitudeDegrees: 137.5
            services: [telemetry]
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 別の町の同じ名前, en: Same id in another town } }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("telemetry-tests-").FullName;
    private int _mqttPort;
    private int _sidecarPort;
    private IMqttAccess _access = null!;
    private ILocalPlatform? _platform;
    private WebApplication? _app;
    private HttpClient? _http;

    public required ThresholdSubscriber Subscriber { get; init; }

    /// <summary>Further settings of the service, such as <c>--Live:HeartbeatSeconds=0.05</c>.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    public int MqttPort => _mqttPort;

    public HttpClient Http => _http ?? throw new InvalidOperationException("The service is stopped.");

    /// <summary>The table that a batch is appended to.</summary>
    public static string FirstTable => TestDatabase.IsPostgres ? "reading_pending" : "reading_journal";

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>Moved by tests; timers run as ever.</summary>
    public ShiftedClock Clock { get; } = new();

    /// <param name="isolation">Of <see cref="Town"/>; the other town uses the shared database.</param>
    /// <param name="region">Another region file than the usual one.</param>
    /// <param name="access">Who may do what at the broker; without it everybody may do everything.</param>
    /// <param name="settings">Of the service, beside the usual ones.</param>
    public static async Task<TelemetryApp> StartAsync(string isolation = "Shared", string? region = null, IMqttAccess? access = null, params string[] settings)
    {
        var app = new TelemetryApp { Subscriber = await ThresholdSubscriber.StartAsync(), _access = access ?? new AllowAll(), Settings = settings };
        await File.WriteAllTextAsync(Path.Combine(app._directory, "region.yaml"), (region ?? Region).Replace("isolation: Shared", "isolation: " + isolation, StringComparison.Ordinal));
        await app.StartPlatformOnFreePortsAsync();
        app.Database = await TestDatabase.CreateAsync(app._directory, "telemetry");
        await app.StartServiceAsync();
        return app;
    }

    // Between finding a port and listening on it, a connection of another test may take it.
    private async Task StartPlatformOnFreePortsAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            (_mqttPort, _sidecarPort) = (FreePort(), FreePort());
            try
            {
                await StartPlatformAsync();
                return;
            }
            catch (IOException) when (attempt < 5)
            {
                await StopPlatformAsync();
            }
        }
    }

    /// <summary>Broker and sidecars, on the same ports and with the same data as before.</summary>
    public async Task StartPlatformAsync()
    {
        _platform = await LocalPlatform.StartAsync(
            new LocalPlatformOptions
            {
                DataDirectory = _directory,
                MqttPort = _mqttPort,
                SidecarPorts = new Dictionary<string, int>(StringComparer.Ordinal) { [AppIds.Telemetry] = _sidecarPort, [AppIds.Alerts] = 0 },
                Access = _access,
                DurableSessions =
                [
                    new LocalMqttSession("telemetry-ingest", "service", [MqttTopic.AllTelemetry, MqttTopic.AllStatus, .. SparkplugTopic.AllFromNodes]),
                    new LocalMqttSession("telemetry-ingest-downlink", "service", MqttTopic.AllAnswers),
                ],
                Subscriptions =
                [
                    new LocalSubscription(AppIds.Alerts, Topics.SensorThreshold, "/events/sensor-threshold", Topics.DeadLetter),
                    new LocalSubscription(AppIds.Alerts, Topics.DeviceSilent, "/events/device-silent", Topics.DeadLetter),
                ],
                Loggers = NullLoggerFactory.Instance,
            },
            CancellationToken.None);
        _platform.SetAppAddress(AppIds.Alerts, Subscriber.Address);
        if (_http is not null)
        {
            _platform.SetAppAddress(AppIds.Telemetry, _http.BaseAddress!);
        }
    }

    public async Task StopPlatformAsync()
    {
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
            _platform = null;
        }
    }

    public async Task StartServiceAsync()
    {
        _app = TelemetryService.Definition.Build(
            [
                "--urls=http://127.0.0.1:0",
                "--environment=Development",
                $"--Region:File={Path.Combine(_directory, "region.yaml")}",
                $"--Orleans:Directory={Path.Combine(_directory, "grains")}",
                $"--ConnectionStrings:Database={Database.ConnectionString}",
                $"--Dapr:HttpEndpoint=http://127.0.0.1:{_sidecarPort.ToString(CultureInfo.InvariantCulture)}",
                $"--Mqtt:Port={_mqttPort.ToString(CultureInfo.InvariantCulture)}",
                "--Mqtt:UserName=service",
                "--Mqtt:Password=secret",
                "--Fleet:SweepSeconds=0.1",
                "--Downlink:SweepSeconds=0.1",
                "--Downlink:RetrySeconds=0.2",
                .. Settings,
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(Clock);
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
            });
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _platform?.SetAppAddress(AppIds.Telemetry, _http.BaseAddress);
    }

    public async Task StopServiceAsync()
    {
        _http?.Dispose();
        _http = null;
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>Publishes with QoS 1 and returns when the broker has acknowledged.</summary>
    public async Task PublishAsync(string payload, string topic = $"sc/v1/{Town}/{Device}/telemetry", string? contentType = null)
    {
        var factory = new MqttClientFactory();
        using var client = factory.CreateMqttClient();
        var connected = await client.ConnectAsync(factory.CreateClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", _mqttPort).WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials("device", "key").Build());
        connected.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        var message = factory.CreateApplicationMessageBuilder().WithTopic(topic).WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        var result = await client.PublishAsync((contentType is null ? message : message.WithContentType(contentType)).Build());
        result.IsSuccess.ShouldBeTrue();
        await client.DisconnectAsync();
    }

    public Task PublishLevelAsync(DateTimeOffset at, double metres, string town = Town, string device = Device) => PublishAsync(
        string.Create(CultureInfo.InvariantCulture, $"{{\"t\":\"{at:O}\",\"waterLevelMetres\":{metres}}}"), $"sc/v1/{town}/{device}/telemetry");

    /// <summary>Asks for the town's counts until the condition holds.</summary>
    public async Task<FleetView> FleetWhenAsync(Func<FleetView, bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var view = (await Http.GetFromJsonAsync<FleetView>($"/api/{Town}/telemetry/fleet", CityJson.Options, timeout.Token))!;
            if (condition(view))
            {
                return view;
            }

            await Task.Yield();
        }
    }

    /// <summary>Asks for the device until the condition holds; fails with the last answer.</summary>
    public async Task<DeviceView> DeviceWhenAsync(Func<DeviceView, bool> condition, string device = Device, string town = Town)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var view = (await Http.GetFromJsonAsync<DeviceView>($"/api/{town}/telemetry/devices/{device}", CityJson.Options, timeout.Token))!;
            if (condition(view))
            {
                return view;
            }

            await Task.Yield();
        }
    }

    public async Task<IReadOnlyList<double>> ValuesAsync()
    {
        var page = await Http.GetFromJsonAsync<Page<ReadingView>>($"/api/{Town}/telemetry/devices/{Device}/readings", CityJson.Options);
        return page!.Items.Select(reading => reading.Value).ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        await StopPlatformAsync();

        await Subscriber.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
