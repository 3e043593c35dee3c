using System.Globalization;
using System.Text.Json.Nodes;

namespace SmartCity.Simulator.Actuators;

/// <summary>
/// A gate that moves as fast as its motor: a command is done when the gate stands where it was told to, and failed when it was
/// stopped on the way.
/// </summary>
/// <param name="percentPerSecond">Speed of the motor.</param>
internal sealed class SluiceGate(double percentPerSecond) : Actuator
{
    private double _opening;
    private double _target;
    private bool _isStopped;
    private string? _command;
    private DateTimeOffset _at;

    public override bool IsBusy => _command is not null;

    protected override IReadOnlyList<string> Settings { get; } = [];

    private string Place => string.Create(CultureInfo.InvariantCulture, $"{_opening:0.#} %");

    public override Outcome? Do(string id, string name, JsonObject arguments, DateTimeOffset now)
    {
        Move(now);
        switch (name)
        {
            case "set-opening" when arguments["openingPercent"] is JsonValue value && value.TryGetValue<double>(out var target) && target is >= 0 and <= 100:
                if (_command is not null)
                {
                    return new Outcome(false, "The gate is moving already; stop it first.");
                }

                (_command, _target) = (id, target);
                return null;
            case "stop":
                (_target, _isStopped) = (_opening, _command is not null);
                return new Outcome(true, "The gate stands at " + Place);
            default:
                return Outcome.Unknown;
        }
    }

    public override IReadOnlyList<(string Id, Outcome Outcome)> Advance(DateTimeOffset now)
    {
        Move(now);
        if (_command is not { } command || _opening != _target)
        {
            return [];
        }

        var outcome = new Outcome(!_isStopped, (_isStopped ? "Stopped: the" : "The") + " gate stands at " + Place);
        (_command, _isStopped) = (null, false);
        return [(command, outcome)];
    }

    protected override JsonObject Now() => new() { ["openingPercent"] = Math.Round(_opening, 1), ["isMoving"] = _opening != _target };

    private void Move(DateTimeOffset now)
    {
        var way = _at == default ? 0 : (now - _at).TotalSeconds * percentPerSecond;
        _at = now;
        _opening = Math.Abs(_target - _opening) <= way ? _target : _opening + (Math.Sign(_target - _opening) * way);
    }
}
