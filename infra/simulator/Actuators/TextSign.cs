using System.Text.Json.Nodes;

namespace SmartCity.Simulator.Actuators;

/// <summary>A sign that shows a line of text.</summary>
internal sealed class TextSign : Actuator
{
    private string _text = "";

    public override bool IsBusy => false;

    protected override IReadOnlyList<string> Settings { get; } = ["brightnessPercent"];

    public override Outcome? Do(string id, string name, JsonObject arguments, DateTimeOffset now)
    {
        switch (name)
        {
            case "show" when arguments["text"] is JsonValue value && value.TryGetValue<string>(out var text):
                _text = text;
                return Outcome.Done;
            case "clear":
                _text = "";
                return Outcome.Done;
            default:
                return Outcome.Unknown;
        }
    }

    public override IReadOnlyList<(string Id, Outcome Outcome)> Advance(DateTimeOffset now) => [];

    protected override JsonObject Now() => new() { ["text"] = _text };
}
