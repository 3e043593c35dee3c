using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// A sidecar for several apps in one process, speaking Dapr's HTTP API v1.0: publish and subscribe with durable queues,
/// and service invocation. Each app has a loopback port of its own.
/// </summary>
/// <remarks>An event whose publish was answered 204 is on disk and reaches every app subscribed at that moment at least once.</remarks>
public sealed class DaprSidecar : IAsyncDisposable
{
    private readonly DaprSidecarOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, SidecarApp> _apps;
    private SidecarRuntime? _runtime;

    /// <summary>Makes a sidecar; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves; the message names every fault.</exception>
    public DaprSidecar(DaprSidecarOptions options, ILoggerFactory? loggers = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = OptionFaults.Of(options).ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _loggers = loggers ?? NullLoggerFactory.Instance;
        _logger = _loggers.CreateLogger<DaprSidecar>();
        _clock = clock ?? TimeProvider.System;
        _apps = options.Apps.Select(a => new SidecarApp(a)).ToDictionary(a => a.AppId, StringComparer.Ordinal);
    }

    /// <summary>Opens the event log and the ports. Undelivered events of an earlier run follow as soon as their apps answer.</summary>
    /// <exception cref="IOException">A port is taken (the message names it), or the data directory cannot be used.</exception>
    /// <exception cref="InvalidDataException">Resource files are wrong; the message names file, document, field and reason of every fault.</exception>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_runtime is not null)
        {
            throw new InvalidOperationException("The sidecar is running already.");
        }

        _runtime = await SidecarRuntime.StartAsync(_options, _apps, _loggers, _logger, _clock, cancellationToken);
        foreach (var app in _apps.Values)
        {
            Log.Listening(_logger, app.AppId, app.HttpPort);
        }
    }

    /// <summary>Stops taking requests, breaks off deliveries (they are repeated in the next run) and closes the event log.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _runtime, null) is { } runtime)
        {
            await runtime.DisposeAsync();
        }
    }

    /// <summary>The sidecar's HTTP endpoint for an app: what that app uses as DAPR_HTTP_ENDPOINT.</summary>
    /// <exception cref="KeyNotFoundException">There is no such app.</exception>
    /// <exception cref="InvalidOperationException">Its port is not known before the start.</exception>
    public Uri AddressOf(string appId)
    {
        var port = AppOf(appId).HttpPort;
        return port > 0
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))
            : throw new InvalidOperationException("The sidecar has not started yet, so the system has not picked its ports.");
    }

    /// <summary>Says where an app listens, at first or anew; it is asked for its subscriptions at once.</summary>
    /// <exception cref="KeyNotFoundException">There is no such app.</exception>
    public void SetAppAddress(string appId, Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        AppOf(appId).SetAddress(address);
    }

    /// <summary>Completes when the app has been asked for its subscriptions and they are in force.</summary>
    /// <exception cref="KeyNotFoundException">There is no such app.</exception>
    public Task WaitForAppAsync(string appId, CancellationToken cancellationToken = default) => AppOf(appId).Ready.WaitAsync(cancellationToken);

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private SidecarApp AppOf(string appId)
        => _apps.GetValueOrDefault(appId) ?? throw new KeyNotFoundException($"The sidecar serves no app '{appId}'.");
}
