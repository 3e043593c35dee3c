using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Hosting;

/// <summary>The whole service on a port of its own, with its own database, a recording sidecar and a movable clock.</summary>
public sealed partial class AlertsApp : IAsyncDisposable
{
    /// <summary>How long a test waits for something that must happen before it gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string? _shelters;
    private readonly string[] _extraArguments;
    private WebApplication _app = null!;
    private string _isolation = "Shared";
    private bool _hasActuators;

    private AlertsApp(RecordingSidecar sidecar, string? shelters, string[] extraArguments)
    {
        Sidecar = sidecar;
        _shelters = shelters;
        _extraArguments = extraArguments;
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("alerts-").FullName;

    public TestDatabase Database { get; private set; } = null!;

    public RecordingSidecar Sidecar { get; }

    public ShiftedClock Clock { get; } = new();

    /// <summary>Without a token.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <param name="shelters">Content of the town's shelter file, or null for none.</param>
    /// <param name="arguments">More configuration, such as <c>--Alerts:HeartbeatSeconds=0.1</c>.</param>
    public static async Task<AlertsApp> StartAsync(byte[]? shelters = null, params string[] arguments)
    {
        var app = new AlertsApp(await RecordingSidecar.StartAsync(), shelters is null ? null : "shelters.dat", arguments);
        if (shelters is not null)
        {
            app.WriteShelters(shelters);
        }

        await app.StartFirstAsync();
        return app;
    }

    /// <summary>Uozu has a database of its own.</summary>
    public static async Task<AlertsApp> StartIsolatedAsync(params string[] arguments)
    {
        var app = new AlertsApp(await RecordingSidecar.StartAsync(), shelters: null, arguments) { _isolation = "Database" };
        await app.StartFirstAsync();
        return app;
    }

    /// <summary>Uozu's manifest lets sirens and signs follow alerts.</summary>
    public static async Task<AlertsApp> StartWithActuatorsAsync(params string[] arguments)
    {
        var app = new AlertsApp(await RecordingSidecar.StartAsync(), shelters: null, arguments) { _hasActuators = true };
        await app.StartFirstAsync();
        return app;
    }

    /// <summary>On a database that was there before.</summary>
    public static async Task<AlertsApp> StartOnAsync(Func<TestDatabase, Task> write)
    {
        var app = new AlertsApp(await RecordingSidecar.StartAsync(), shelters: null, []);
        await app.StartFirstAsync(write);
        return app;
    }

    public void WriteShelters(byte[] content) => File.WriteAllBytes(Path.Combine(Folder, "shelters.dat"), content);

    /// <summary>Stops the process and starts another on the same database.</summary>
    /// <param name="between">What happens while no process is there.</param>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        await StopServiceAsync();
        await (between?.Invoke() ?? Task.CompletedTask);
        await StartServiceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        await Sidecar.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartFirstAsync(Func<TestDatabase, Task>? write = null)
    {
        Database = await TestDatabase.CreateAsync(Folder, "alerts");
        await (write?.Invoke(Database) ?? Task.CompletedTask);
        await StartServiceAsync();
    }

    private async Task StartServiceAsync()
    {
        var region = Path.Combine(Folder, "region.yaml");
        await File.WriteAllTextAsync(region, TestTown.RegionYaml(_shelters, _isolation, _hasActuators));
        string[] arguments =
        [
            "--urls", "http://127.0.0.1:0",
            "--environment", "Development",
            "--Region:File", region,
            "--ConnectionStrings:Database", Database.ConnectionString,
            "--Dapr:HttpEndpoint", Sidecar.Address,
            "--Alerts:PublicUrl", "https://bousai.example/",
            "--FieldKeys:File", Path.Combine(Folder, "field-keys.json"),
            "--Delivery:PushKeyFile", Path.Combine(Folder, "push-key.pem"),
            .. _extraArguments,
        ];
        _app = AlertsService.Definition.Build(arguments, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
        });
        await _app.StartAsync();
        // A client that says what it is about to send waits for the answer, however busy the machine is.
        Client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Patience })
        {
            BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
    }

    private async Task StopServiceAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
