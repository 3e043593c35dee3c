using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>
/// How far a device's clock is behind the platform's (negative: ahead): the least time between measuring and receiving in
/// the last ten to twenty minutes. The least one, since a message is late for many reasons, and early for one only.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct ClockSkew
{
    private const long Window = 600L * 1_000_000;

    private long _windowStart;
    private long? _current;
    private long? _before;

    /// <summary>Null while the device has given no times of its own.</summary>
    public readonly long? Microseconds => (_current, _before) switch
    {
        ({ } current, { } before) => Math.Min(current, before),
        var (current, before) => current ?? before,
    };

    /// <param name="newestT">Time of the newest reading of a message, by the device's clock.</param>
    /// <param name="receivedAt">When the message came.</param>
    public void Add(long newestT, long receivedAt)
    {
        // The time of receipt stands in for a time that the device did not give: it says nothing of a clock.
        if (newestT == receivedAt)
        {
            return;
        }

        if (receivedAt - _windowStart >= Window)
        {
            (_before, _current, _windowStart) = (receivedAt - _windowStart < 2 * Window ? _current : null, null, receivedAt);
        }

        var delay = receivedAt - newestT;
        _current = _current is { } least ? Math.Min(least, delay) : delay;
    }
}
