using System.Text.Json.Nodes;

namespace SmartCity.Simulator.Actuators;

/// <summary>A siren: a command to sound is done when it sounds, and it falls silent by itself.</summary>
internal sealed class Siren : Actuator
{
    private DateTimeOffset? _until;
    private string _pattern = "alarm";

    public override bool IsBusy => _until is not null;

    protected override IReadOnlyList<string> Settings { get; } = ["volumePercent"];

    public override Outcome? Do(string id, string name, JsonObject arguments, DateTimeOffset now)
    {
        switch (name)
        {
            case "sound" when arguments["durationSeconds"] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds > 0:
                _pattern = arguments["pattern"] is JsonValue given && given.TryGetValue<string>(out var pattern) ? pattern : "alarm";
                _until = now.AddSeconds(seconds);
                return Outcome.Done;
            case "silence":
                _until = null;
                return Outcome.Done;
            default:
                return Outcome.Unknown;
        }
    }

    public override IReadOnlyList<(string Id, Outcome Outcome)> Advance(DateTimeOffset now)
    {
        _until = _until <= now ? null : _until;
        return [];
    }

    protected override JsonObject Now()
    {
        var state = new JsonObject { ["isSounding"] = IsBusy };
        if (IsBusy)
        {
            state["pattern"] = _pattern;
        }

        return state;
    }
}
