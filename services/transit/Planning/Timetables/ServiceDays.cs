namespace SmartCity.Transit.Planning.Timetables;

/// <summary>The days of the period on which each service runs, one bit a day.</summary>
internal sealed class ServiceDays(int dayCount, int serviceCount)
{
    private readonly int _words = (dayCount + 63) / 64;
    private readonly ulong[] _bits = new ulong[(long)((dayCount + 63) / 64) * serviceCount];

    public int ServiceCount => serviceCount;

    public long SizeBytes => sizeof(ulong) * (long)_bits.Length;

    public void Set(int service, int day) => _bits[(service * _words) + (day >> 6)] |= 1UL << (day & 63);

    public bool RunsOn(int service, int day)
        => (uint)day < (uint)dayCount && (_bits[(service * _words) + (day >> 6)] & (1UL << (day & 63))) != 0;
}
