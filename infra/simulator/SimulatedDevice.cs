namespace SmartCity.Simulator;

/// <summary>A device that can be played, with the credentials it connects with.</summary>
/// <param name="RunsAlways">Whether it publishes unasked; otherwise only while a flood was ordered for it.</param>
/// <param name="Kind">Its kind in the manifest.</param>
public sealed record SimulatedDevice(string Municipality, string Id, string UserName, string Password, bool RunsAlways, string Kind = "river");

/// <summary>How the simulator plays.</summary>
public sealed record SimulatorOptions
{
    public required string MqttHost { get; init; }

    public required int MqttPort { get; init; }

    /// <summary>Time between two readings of a gauge.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From a flood's order to its peak.</summary>
    public TimeSpan TimeToPeak { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>When the first flood comes by itself, and how often it comes again.</summary>
    public TimeSpan FirstFloodAfter { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan FloodEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How fast a sluice gate moves.</summary>
    public double GatePercentPerSecond { get; init; } = 2;
}
