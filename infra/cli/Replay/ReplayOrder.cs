using SmartCity.Cli.Recordings;

namespace SmartCity.Cli.Replay;

/// <summary>What <c>replay</c> was asked for.</summary>
/// <param name="Speed">How many seconds of the recording pass in one.</param>
/// <param name="Shift"><c>now</c>, <c>last</c> or <c>none</c>.</param>
/// <param name="Begin">What the first reading is dated, or null for what the shift says.</param>
/// <param name="Skip">Messages that an earlier run has sent.</param>
internal sealed record ReplayOrder(string Broker, string KeyFile, string? Municipality, double Speed, string Shift, DateTimeOffset? Begin, int Skip)
{
    /// <summary>Whether readings are sent when they are due; otherwise as fast as the broker takes them.</summary>
    public bool IsPaced => Shift == "now";

    /// <summary>What the first reading is dated.</summary>
    public DateTimeOffset BeginOf(IReadOnlyList<RecordedReading> readings, DateTimeOffset now) => Shift switch
    {
        "none" => readings[0].At,
        "last" => Begin ?? now - (readings[^1].At - readings[0].At),
        _ => Begin ?? now,
    };

    /// <summary>What a reading is dated: moved, and where it is sent when due, drawn together by the speed.</summary>
    public DateTimeOffset DateOf(DateTimeOffset at, DateTimeOffset first, DateTimeOffset begin) => begin + ((at - first) / (IsPaced ? Speed : 1));
}
