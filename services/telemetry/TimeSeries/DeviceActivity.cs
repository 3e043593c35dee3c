using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>What one generation adds to what is known of a device. Times in microseconds since 1970.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DeviceActivity
{
    public long Accepted { get; private set; }

    public long LastSeen { get; private set; }

    public void Add(long messages, long receivedAt)
    {
        Accepted += messages;
        LastSeen = Math.Max(LastSeen, receivedAt);
    }
}
