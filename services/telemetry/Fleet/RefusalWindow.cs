namespace SmartCity.Telemetry.Fleet;

/// <summary>How much was refused in the last hour, counted by the minute.</summary>
internal sealed class RefusalWindow
{
    private const int Minutes = 60;
    private readonly (long Minute, int Count)[] _cells = new (long, int)[Minutes];

    public void Add(DateTimeOffset at, int count)
    {
        if (count == 0)
        {
            return;
        }

        var minute = MinuteOf(at);
        ref var cell = ref _cells[minute % Minutes];
        cell = cell.Minute == minute ? (minute, cell.Count + count) : (minute, count);
    }

    public int CountAt(DateTimeOffset now)
    {
        var oldest = MinuteOf(now) - Minutes;
        return _cells.Sum(cell => cell.Minute > oldest ? cell.Count : 0);
    }

    private static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;
}
