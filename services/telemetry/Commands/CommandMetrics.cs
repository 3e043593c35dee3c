using System.Diagnostics.Metrics;

namespace SmartCity.Telemetry.Commands;

/// <summary>Meter <c>SmartCity.Telemetry.Commands</c>.</summary>
internal sealed class CommandMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _ended;

    public CommandMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("SmartCity.Telemetry.Commands");
        _sent = _meter.CreateCounter<long>("smartcity.commands.sent", "{message}", "Command messages that the broker took, repeated ones too");
        _ended = _meter.CreateCounter<long>("smartcity.commands.ended", "{command}", "Commands that ended, by how");
    }

    public void Sent() => _sent.Add(1);

    public void Ended(CommandStatus end) => _ended.Add(1, new KeyValuePair<string, object?>("status", end.ToString()));

    public void Dispose() => _meter.Dispose();
}
