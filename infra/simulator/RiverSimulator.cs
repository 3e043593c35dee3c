using Microsoft.Extensions.Logging;

namespace SmartCity.Simulator;

/// <summary>Plays the river gauges of a region. The first flood comes by itself, so that a demo shows something.</summary>
public sealed class RiverSimulator : IAsyncDisposable
{
    /// <summary>Peak of the flood that comes by itself: above the demo's warning level, below its danger level.</summary>
    public const double UnaskedHeightMetres = 2.4;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly List<Player> _players;
    private Task _unasked = Task.CompletedTask;

    public RiverSimulator(IReadOnlyList<SimulatedDevice> devices, SimulatorOptions options, TimeProvider clock, ILogger log)
    {
        _options = options;
        _clock = clock;
        _log = log;
        _players = devices.Select((device, index) => new Player(device, new RiverModel(index + 1))).ToList();
    }

    /// <summary>Starts the gauges that run unasked, and the floods that come by themselves.</summary>
    public void Start()
    {
        foreach (var player in _players.Where(player => player.Device.RunsAlways))
        {
            Run(player, untilWaveHasPassed: false);
        }

        if (_players.Find(player => player.Device.RunsAlways) is { } first)
        {
            _unasked = FloodByItselfAsync(first.Device);
        }
    }

    /// <summary>Orders a flood wave; false when there is no such device.</summary>
    /// <param name="deviceId">The device's id, or <c>municipality/device</c> where an id is used twice.</param>
    /// <param name="heightMetres">Rise at the peak.</param>
    public bool Flood(string deviceId, double heightMetres)
    {
        lock (_gate)
        {
            if (_players.Find(player => player.Device.Id == deviceId || player.Device.UserName == deviceId) is not { } player)
            {
                return false;
            }

            player.River.Wave = new FloodWave(_clock.GetUtcNow(), heightMetres, _options.TimeToPeak);
            if (player.Task.IsCompleted)
            {
                Run(player, untilWaveHasPassed: true);
            }

            _log.FloodOrdered(heightMetres, deviceId, _options.TimeToPeak.TotalSeconds);
            return true;
        }
    }

    /// <summary>Stops every gauge; each says goodbye to the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_players.Select(player => player.Task).Append(_unasked));
        _stop.Dispose();
    }

    private void Run(Player player, bool untilWaveHasPassed)
        => player.Task = new RiverGauge(player.Device, player.River, _options, _clock, _log).RunAsync(untilWaveHasPassed, _stop.Token);

    private async Task FloodByItselfAsync(SimulatedDevice device)
    {
        var pause = _options.FirstFloodAfter;
        while (true)
        {
            await Task.Delay(pause, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            Flood(device.UserName, UnaskedHeightMetres);
            pause = _options.FloodEvery;
        }
    }

    private sealed class Player(SimulatedDevice device, RiverModel river)
    {
        public SimulatedDevice Device { get; } = device;

        public RiverModel River { get; } = river;

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
