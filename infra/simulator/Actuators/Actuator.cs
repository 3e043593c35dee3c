using System.Text.Json.Nodes;

namespace SmartCity.Simulator.Actuators;

/// <summary>How a command ended.</summary>
/// <param name="IsDone">False when it failed.</param>
/// <param name="Message">What the device has to say about it.</param>
internal sealed record Outcome(bool IsDone, string? Message = null)
{
    public static readonly Outcome Done = new(true);

    public static readonly Outcome Unknown = new(false, "This device knows no such command.");
}

/// <summary>A machine that can be told to do something. It is used by one loop alone.</summary>
internal abstract class Actuator
{
    private readonly JsonObject _settings = [];

    /// <summary>Settings that the town may wish for, and that this machine has.</summary>
    protected abstract IReadOnlyList<string> Settings { get; }

    /// <summary>Whether it is at work, so that its state changes by itself.</summary>
    public abstract bool IsBusy { get; }

    /// <summary>Begins a command.</summary>
    /// <returns>How it ended, or null while it is under way: then <see cref="Advance"/> says.</returns>
    public abstract Outcome? Do(string id, string name, JsonObject arguments, DateTimeOffset now);

    /// <summary>Lets the time pass.</summary>
    /// <returns>Commands that ended meanwhile.</returns>
    public abstract IReadOnlyList<(string Id, Outcome Outcome)> Advance(DateTimeOffset now);

    /// <summary>Takes over what it can of the town's wishes; what it has no such thing for, it does not claim to have.</summary>
    public void Wish(JsonObject desired)
    {
        foreach (var name in Settings)
        {
            _settings[name] = desired[name]?.DeepClone();
        }
    }

    /// <summary>All that it says of itself.</summary>
    public JsonObject State()
    {
        var state = Now();
        foreach (var (name, value) in _settings.Where(setting => setting.Value is not null))
        {
            state[name] = value!.DeepClone();
        }

        return state;
    }

    /// <summary>What the machine is doing.</summary>
    protected abstract JsonObject Now();
}
