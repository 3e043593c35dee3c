using Microsoft.Extensions.Logging;
using SmartCity.Simulator.Actuators;

namespace SmartCity.Simulator;

/// <summary>Plays the sluice gates, signs and sirens of a region.</summary>
public sealed class ActuatorSimulator(IReadOnlyList<SimulatedDevice> devices, SimulatorOptions options, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Whether there is a machine for devices of a kind.</summary>
    public static bool Plays(string kind) => kind is "sluice" or "sign" or "siren";

    public void Start() => _running = Task.WhenAll(devices.Select(device => new ActuatorDevice(device, NewActuator(device.Kind), options, clock, log).RunAsync(_stop.Token)));

    /// <summary>Stops every machine; each says goodbye to the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private Actuator NewActuator(string kind) => kind switch
    {
        "sluice" => new SluiceGate(options.GatePercentPerSecond),
        "sign" => new TextSign(),
        "siren" => new Siren(),
        _ => throw new ArgumentException($"There is no machine of the kind '{kind}'.", nameof(kind)),
    };
}
