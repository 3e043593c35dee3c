using System.Diagnostics;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Engine;
using SmartCity.Host.Access;
using SmartCity.Host.Development;
using SmartCity.Host.Isolation;
using SmartCity.Host.Report;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Simulator;

namespace SmartCity.Host.Startup;

/// <summary>
/// Everything on one machine, started from the inside out (broker and sidecars, issuer, services, gateway,
/// simulator) and stopped the other way round.
/// </summary>
internal sealed class CityHost : IAsyncDisposable
{
    // A small machine that starts six processes at once (--isolate) is busy compiling for most of this.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);
    private readonly CityHostOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly DataDirectory _data;
    private readonly IReadOnlyList<Town> _demoTowns;
    private readonly TownFollower _follower;
    private readonly DemoKeys _keys;
    private readonly DeviceKeyFeed _deviceKeys;
    private readonly List<IAsyncDisposable> _started = [];
    private RiverSimulator? _simulator;

    public CityHost(CityHostOptions options)
    {
        _options = options;
        // Whoever starts the one-machine host without saying otherwise wants to try it.
        if (Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null && Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null)
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", Environments.Development);
        }

        _loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            }));
        _demoTowns = options.RegionFile is { } region ? RegionFile.Load(region).Municipalities : [];
        _data = new DataDirectory(options.DataDirectory);
        _follower = new TownFollower(
            ServiceSettings.UrlOf(AppIds.Registry, options.Ports), ServiceSettings.TownCacheOf("host", _data), _loggers);
        _keys = new DemoKeys(_data);
        _deviceKeys = new DeviceKeyFeed(
            new Uri(ServiceSettings.UrlOf(AppIds.Registry, options.Ports)), _data, TimeProvider.System, _loggers.CreateLogger("SmartCity.Host"));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = new DateTimeOffset(Process.GetCurrentProcess().StartTime);
        RefuseTakenPorts();
        var issuer = new DevelopmentIssuer(_data, ServiceSettings.Loopback(_options.Ports.Development), TimeProvider.System);
        _started.Add(new Disposer(issuer));
        var platform = await StartPlatformAsync(cancellationToken);
        await StartAppAsync(DevelopmentApp.Build(
            ServiceSettings.Loopback(_options.Ports.Development), issuer, new DemoPeople(_follower.Towns), () => _simulator), cancellationToken);

        // Building a service is mostly compiling its start-up code: side by side on all cores.
        var services = await Task.WhenAll(ServiceCatalog.Services.Select(service => Task.Run(
            () => StartServiceAsync(service.AppId, platform, cancellationToken), cancellationToken)).Append(StartFollowerAsync(cancellationToken)));
        _started.AddRange(services);
        _started.Add(await StartServiceAsync(ServiceCatalog.Gateway.AppId, platform, cancellationToken));
        var report = HostReport.Of(_options, _demoTowns, new DemoPeople(_follower.Towns).All, _keys, issuer);
        await Readiness.WaitAsync(report.Gateway, ReadyWithin, cancellationToken);
        if (!_options.NoSimulator)
        {
            StartSimulator();
        }

        _data.WriteSecret(HostReport.FileName, report.ToJson());
        HostTable.Write(Console.Out, report, _follower.Towns.Towns, _data, TimeProvider.System.GetUtcNow() - started);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken)
        => Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        // The newest first: who still needs something is stopped before it.
        for (var index = _started.Count - 1; index >= 0; index--)
        {
            await _started[index].DisposeAsync();
        }

        _data.Dispose();
        _loggers.Dispose();
    }

    private void RefuseTakenPorts()
    {
        var taken = _options.Ports.All(ServiceCatalog.AppIdsOfServices).Where(port => FreePorts.IsTaken(port.Port)).ToList();
        if (taken.Count > 0)
        {
            throw new HostStartException(
                $"{(taken.Count == 1 ? "This port is" : "These ports are")} taken by another program: "
                + string.Join(", ", taken.Select(port => $"{port.Port} ({port.Use})"))
                + ". Stop that program, or move all ports with --port-base 20000.");
        }
    }

    private async Task<ILocalPlatform> StartPlatformAsync(CancellationToken cancellationToken)
    {
        var platform = await LocalPlatform.StartAsync(
            new LocalPlatformOptions
            {
                DataDirectory = _data.Path,
                MqttPort = _options.Ports.Mqtt,
                SidecarPorts = ServiceCatalog.AppIdsOfServices.Append(ServiceCatalog.Gateway.AppId).ToDictionary(app => app, app => _options.Ports.Sidecars[app]),
                Access = new DeviceAccess(_deviceKeys, _keys),
                Quota = new TownQuotas(_follower.Towns, TimeProvider.System),
                DurableSessions = ServiceCatalog.MqttSessions,
                Subscriptions = ServiceCatalog.Subscriptions,
                AppApiToken = ServiceSettings.AppApiToken,
                Loggers = _loggers,
            },
            cancellationToken);
        _started.Add(platform);
        _deviceKeys.Start(platform.DisconnectUserAsync);
        _started.Add(_deviceKeys);
        return platform;
    }

    private async Task<IAsyncDisposable> StartFollowerAsync(CancellationToken cancellationToken)
    {
        await _follower.StartAsync(cancellationToken);
        return _follower;
    }

    private async Task<IAsyncDisposable> StartServiceAsync(string appId, ILocalPlatform platform, CancellationToken cancellationToken)
    {
        var url = ServiceSettings.UrlOf(appId, _options.Ports);
        var settings = ServiceSettings.For(appId, _options, _data, _keys);
        IAsyncDisposable running;
        if (_options.Isolate)
        {
            var supervisor = new ServiceSupervisor(appId, url, settings, TimeProvider.System, _loggers.CreateLogger("SmartCity.Host"));
            supervisor.Start();
            running = supervisor;
        }
        else
        {
            running = await InProcessService.StartAsync(appId, url, settings, cancellationToken);
        }

        platform.SetAppAddress(appId, new Uri(url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)));
        return running;
    }

    private async Task StartAppAsync(WebApplication app, CancellationToken cancellationToken)
    {
        _started.Add(app);
        await app.StartAsync(cancellationToken);
    }

    private void StartSimulator()
    {
        var options = new SimulatorOptions { MqttHost = "127.0.0.1", MqttPort = _options.Ports.Mqtt };
        var log = _loggers.CreateLogger("SmartCity.Simulator");
        _simulator = new RiverSimulator(
            [.. _demoTowns.SelectMany(town => town.Devices.Where(device => device.Kind == "river").Select(device => Simulated(town, device)))], options, TimeProvider.System, log);
        _started.Add(_simulator);
        _simulator.Start();
        var actuators = new ActuatorSimulator(
            [.. _demoTowns.SelectMany(town => town.Devices.Where(device => device.Simulated && ActuatorSimulator.Plays(device.Kind)).Select(device => Simulated(town, device)))],
            options, TimeProvider.System, log);
        _started.Add(actuators);
        actuators.Start();
    }

    private SimulatedDevice Simulated(Contracts.Towns.Town town, Contracts.Towns.Device device)
    {
        var userName = Contracts.MqttTopic.UserName(town.Code, device.Id);
        return new SimulatedDevice(town.Code, device.Id, userName, _keys.KeyOf(userName), device.Simulated, device.Kind);
    }

    private sealed class Disposer(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
